import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Order, Ready } from './messages.ts';
import { Sender } from './sender.ts';
import { warmUp } from './warm-up.ts';

/** Tells the thread from those that others start: in a bundle, this module is loaded by them too. */
const mark = 'faceoff-generator';

if (workerData === mark) void run();

/** Starts the thread that sends. */
export function startThread(): Worker {
  return new Worker(code(import.meta.url), { eval: true, workerData: mark });
}

/** Carries out one order after another; `stop` ends the one under way. */
async function run(): Promise<void> {
  await warmUp();
  let sender: Sender | undefined;
  parentPort?.on('message', (order: Order | 'stop') => {
    if (order === 'stop') return sender?.end();
    sender = new Sender(order, (news) => parentPort?.postMessage(news));
  });
  parentPort?.postMessage('ready' satisfies Ready);
}

/** Node cannot read TypeScript in a thread, even under tsx, whose hooks of `require` cost a start the least. */
function code(url: string): string {
  if (!url.endsWith('.ts')) return `import(${JSON.stringify(url)})`;
  const tsx = createRequire(import.meta.url).resolve('tsx/cjs');
  return `require(${JSON.stringify(tsx)}); require(${JSON.stringify(fileURLToPath(url))})`;
}
