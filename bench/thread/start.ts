import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Starts a thread that runs this module, of TypeScript or bundled; it finds `data` as its `workerData`. */
export function startThread(url: string, data: unknown): Worker {
  return new Worker(code(url), { eval: true, workerData: data });
}

/** Node cannot read TypeScript in a thread, even under tsx, whose hooks of `require` cost a start the least. */
function code(url: string): string {
  if (!url.endsWith('.ts')) return `import(${JSON.stringify(url)})`;
  const tsx = createRequire(import.meta.url).resolve('tsx/cjs');
  return `require(${JSON.stringify(tsx)}); require(${JSON.stringify(fileURLToPath(url))})`;
}
