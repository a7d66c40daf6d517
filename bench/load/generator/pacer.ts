import { parentPort, type Worker } from 'node:worker_threads';
import { schedule } from '../arrivals/index.ts';
import { clockFrom } from '../clock.ts';
import type { Due, PacerOrder, Ready } from './messages.ts';
import { isThread, startThread } from './thread.ts';

if (isThread('pacer')) runPacer();

/** Starts the thread that watches the clock. */
export function startPacer(): Worker {
  return startThread(import.meta.url, 'pacer');
}

/**
 * Tells the sender when requests are due. It does nothing but wait, in a thread of its own: a timer of the event loop
 * counts whole milliseconds where a blocking wait does not, and spinning would take a core from the target.
 */
function runPacer(): void {
  parentPort?.on('message', (order: PacerOrder) => {
    pace(order);
    order.due.postMessage('end' satisfies Due);
    order.due.close();
  });
  parentPort?.postMessage('ready' satisfies Ready);
}

function pace({ arrivals, clockOrigin, start, due, stop }: PacerOrder): void {
  const now = clockFrom(clockOrigin);
  let batch: number[] = [];
  const tell = (): void => {
    if (batch.length > 0) due.postMessage(batch satisfies Due);
    batch = [];
  };
  for (const offset of schedule(arrivals)) {
    const intended = start + offset;
    if (intended > now()) tell();
    for (let wait = intended - now(); wait > 0; wait = intended - now()) {
      if (Atomics.wait(stop, 0, 0, wait) !== 'timed-out') return;
    }
    if (Atomics.load(stop, 0) !== 0) return;
    batch.push(intended);
  }
  tell();
}
