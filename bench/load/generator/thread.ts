import { parentPort, type Worker, workerData } from 'node:worker_threads';
import { startThread } from '../../thread/index.ts';
import type { Order, Ready } from './messages.ts';
import { Sender } from './sender.ts';
import { warmUp } from './warm-up.ts';

/** Tells the thread from those that others start: in a bundle, this module is loaded by them too. */
const mark = 'faceoff-generator';

if (workerData === mark) void run();

/** Starts the thread that sends. */
export function startSender(): Worker {
  return startThread(import.meta.url, mark);
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
