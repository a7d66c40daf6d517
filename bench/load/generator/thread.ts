import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions, workerData } from 'node:worker_threads';

/** Tells a thread of the generator from those that others start. */
const mark = 'faceoff-generator';

/**
 * Starts the module with this `import.meta.url` as a thread. In a bundle that is the whole bundle, so a thread's module
 * has to ask `orderFor` whether it is meant.
 */
export function startThread(
  url: string,
  role: string,
  order: object,
  transferList: NonNullable<WorkerOptions['transferList']>,
): Worker {
  return new Worker(code(url), { eval: true, workerData: { mark, role, order }, transferList });
}

/** What a thread was started with, in the thread with that role and nowhere else. */
export function orderFor<Order>(role: string): Order | undefined {
  const data: { mark?: unknown; role?: unknown; order?: Order } | null = workerData;
  return data?.mark === mark && data.role === role ? data.order : undefined;
}

/** Node cannot read TypeScript in a thread, even under tsx, whose hooks of `require` cost a start the least. */
function code(url: string): string {
  if (!url.endsWith('.ts')) return `import(${JSON.stringify(url)})`;
  const tsx = createRequire(import.meta.url).resolve('tsx/cjs');
  return `require(${JSON.stringify(tsx)}); require(${JSON.stringify(fileURLToPath(url))})`;
}
