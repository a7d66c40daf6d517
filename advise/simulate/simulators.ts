import type { Worker } from 'node:worker_threads';
import { startThread } from '../../bench/index.ts';
import type { Traffic } from '../traffic/index.ts';
import type { Answer, Order } from './messages.ts';
import { Recorder } from './recorder.ts';
import { type Outcome, type SimulateOptions, simulate } from './simulate.ts';
import type { System } from './system.ts';

/** Parts of a list for each thread: more share the last work better, fewer make arrivals less often. */
const partsPerThread = 3;

/** Simulates on several threads; the outcome is that of one. `close` ends the threads. */
export class Simulators {
  readonly #workers: readonly Worker[];

  /** @param threads is how many; with 1 there is no thread but the caller's own. */
  constructor(threads: number) {
    const url = new URL('./thread.ts', import.meta.url).href;
    this.#workers = threads > 1 ? Array.from({ length: threads }, () => startThread(url, undefined)) : [];
  }

  /**
   * As {@link simulate}, but `onProgress` is told requests times systems. One call at a time.
   *
   * @throws Error that a simulation threw, also on a thread; no other call may follow then.
   */
  async simulate(traffic: Traffic, systems: readonly System[], options: SimulateOptions): Promise<Outcome[]> {
    const { seed, limit, onProgress } = options;
    if (this.#workers.length === 0) {
      const told = onProgress && ((requests: number) => onProgress(requests * systems.length));
      return simulate(traffic, systems, { seed, limit, ...(told === undefined ? {} : { onProgress: told }) });
    }
    const length = Math.ceil(systems.length / (this.#workers.length * partsPerThread));
    const parts = Array.from({ length: Math.ceil(systems.length / length) }, (_, part) =>
      systems.slice(part * length, (part + 1) * length),
    );
    const outcomes: Outcome[][] = parts.map(() => []);
    const requests = parts.map(() => 0);
    let next = 0;
    const work = async (worker: Worker): Promise<void> => {
      for (let part = next++; part < parts.length; part = next++) {
        const own = parts[part] ?? [];
        outcomes[part] = await ordered(worker, { traffic, systems: own, seed, limit }, (done) => {
          requests[part] = done * own.length;
          onProgress?.(requests.reduce((sum, each) => sum + each, 0));
        });
      }
    };
    await Promise.all(this.#workers.map(work));
    return outcomes.flat();
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** What a thread made of an order. */
function ordered(worker: Worker, order: Order, onProgress: (requests: number) => void): Promise<Outcome[]> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', heard).off('error', failed).off('exit', ended);
    };
    const heard = (answer: Answer): void => {
      if (!answer.done) {
        onProgress(answer.requests);
        return;
      }
      settle();
      resolve(
        answer.outcomes.map(({ recorded, ...rest }) => ({
          ...rest,
          recorder: new Recorder(order.limit, rest.seconds, recorded),
        })),
      );
    };
    const failed = (error: unknown): void => {
      settle();
      reject(error);
    };
    const ended = (code: number): void => failed(new Error(`a thread of the simulation ended with code ${code}`));
    worker.on('message', heard).on('error', failed).on('exit', ended);
    worker.postMessage(order);
  });
}
