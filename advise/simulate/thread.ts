import { parentPort } from 'node:worker_threads';
import type { Answer, Order } from './messages.ts';
import { simulate } from './simulate.ts';

/** The thread: simulates what it is ordered to, and tells now and then how far it is. */
parentPort?.on('message', ({ traffic, systems, seed, limit }: Order) => {
  const onProgress = (requests: number): void => answer({ done: false, requests });
  const outcomes = simulate(traffic, systems, { seed, limit, onProgress });
  const plain = outcomes.map(({ recorder, ...rest }) => ({ ...rest, recorded: recorder.recorded }));
  const buffers = plain.flatMap(({ recorded }) => [recorded.histogram.buffer, recorded.byStretch.buffer]);
  answer({ done: true, outcomes: plain }, buffers);
});

function answer(message: Answer, buffers: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, buffers);
}
