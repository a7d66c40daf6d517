import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions, workerData } from 'node:worker_threads';
import { mark, type PacerOrder, type SenderOrder } from './messages.ts';

type Order = PacerOrder | SenderOrder;

// A thread starts with the very file that starts it, since a bundle has only one: from source this one, else the bundle.
const file = fileURLToPath(import.meta.url);

if (isOrder(workerData)) void runThread(workerData);

function isOrder(data: unknown): data is Order {
  return typeof data === 'object' && data !== null && 'mark' in data && data.mark === mark;
}

/** Loads what the role needs and no more. What it throws, the main thread hears as the thread's error. */
async function runThread(order: Order): Promise<void> {
  if (order.role === 'pacer') (await import('./pacer.ts')).runPacer(order);
  else await (await import('./sender.ts')).runSender(order);
}

/** Starts a thread of the generator; it says when it is ready. */
export function startThread(order: Order, transferList: NonNullable<WorkerOptions['transferList']>): Worker {
  return new Worker(code(), { eval: true, workerData: order, transferList });
}

/** Node cannot read TypeScript in a thread, even under tsx, whose hooks of `require` cost a start the least. */
function code(): string {
  if (extname(file) !== '.ts') return `import(${JSON.stringify(import.meta.url)})`;
  const tsx = createRequire(import.meta.url).resolve('tsx/cjs');
  return `require(${JSON.stringify(tsx)}); require(${JSON.stringify(file)})`;
}
