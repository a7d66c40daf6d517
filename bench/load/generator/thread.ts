import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker, workerData } from 'node:worker_threads';

/** Tells a thread of the generator from those that others start. */
const mark = 'faceoff-generator';

/**
 * Starts the module with this `import.meta.url` as a thread. In a bundle that is the whole bundle, so a thread's module
 * has to ask `isThread` whether it is meant.
 */
export function startThread(url: string, role: string): Worker {
  return new Worker(code(url), { eval: true, workerData: { mark, role } });
}

/** Whether this is the thread that was started with that role. */
export function isThread(role: string): boolean {
  const data: { mark?: unknown; role?: unknown } | null = workerData;
  return data?.mark === mark && data.role === role;
}

/** Node cannot read TypeScript in a thread, even under tsx, whose hooks of `require` cost a start the least. */
function code(url: string): string {
  if (!url.endsWith('.ts')) return `import(${JSON.stringify(url)})`;
  const tsx = createRequire(import.meta.url).resolve('tsx/cjs');
  return `require(${JSON.stringify(tsx)}); require(${JSON.stringify(fileURLToPath(url))})`;
}
