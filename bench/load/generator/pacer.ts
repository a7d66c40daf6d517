import { parentPort, type Worker } from 'node:worker_threads';
import { schedule } from '../arrivals/index.ts';
import { clockFrom } from '../clock.ts';
import type { Due, PacerOrder, Ready, Start } from './messages.ts';
import { orderFor, startThread } from './thread.ts';

const order = orderFor<PacerOrder>('pacer');
if (order !== undefined) runPacer(order);

/** Starts the thread that watches the clock. */
export function startPacer(order: PacerOrder): Worker {
  return startThread(import.meta.url, 'pacer', order, [...order.due]);
}

/**
 * Tells the senders when requests are due. It does nothing but wait, in a thread of its own: a blocking wait wakes
 * within tens of microseconds, where a timer of the event loop has whole milliseconds, and spinning would take a core
 * from the target.
 */
function runPacer(order: PacerOrder): void {
  parentPort?.once('message', ({ start }: Start) => {
    pace(order, start);
    for (const port of order.due) {
      port.postMessage('end' satisfies Due);
      port.close();
    }
  });
  parentPort?.postMessage({ ready: true } satisfies Ready);
}

function pace({ arrivals, clockOrigin, due, stop }: PacerOrder, start: number): void {
  const now = clockFrom(clockOrigin);
  let turn = 0;
  let batches: number[][] = due.map(() => []);
  const tell = (): void => {
    for (const [index, batch] of batches.entries()) if (batch.length > 0) due[index]?.postMessage(batch satisfies Due);
    batches = due.map(() => []);
  };
  for (const offset of schedule(arrivals)) {
    const intended = start + offset;
    if (intended > now()) tell();
    for (let wait = intended - now(); wait > 0; wait = intended - now()) {
      if (Atomics.wait(stop, 0, 0, wait) !== 'timed-out') return;
    }
    batches[turn++ % due.length]?.push(intended);
    if (Atomics.load(stop, 0) !== 0) return;
  }
  tell();
}
