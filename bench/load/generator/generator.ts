import { once } from 'node:events';
import type { Histogram } from 'node:perf_hooks';
import { MessageChannel, type Worker } from 'node:worker_threads';
import type { Arrivals } from '../arrivals/index.ts';
import { clockOrigin, now } from '../clock.ts';
import type { Photo } from '../photos.ts';
import type { Measured } from '../sample.ts';
import type { Answered, Ended, Start } from './messages.ts';
import { startPacer } from './pacer.ts';
import { startSender } from './sender.ts';

export interface GeneratorOptions {
  url: string;
  photos: readonly Photo[];
  arrivals: Arrivals;
  timeoutMs: number;
  /** How many threads send. */
  senders: number;
}

/** Milliseconds from the word to start until the schedule does, so that its first request finds the threads waiting. */
const leadMs = 20;

/** Threads that send requests on a schedule: one that watches the clock, and those that it tells what is due. */
export class Generator {
  readonly #senders: readonly Worker[];
  readonly #pacer: Worker;
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  #endWaiting = (): void => undefined;
  readonly #stopped = new Promise<void>((resolve) => {
    this.#endWaiting = resolve;
  });

  constructor({ url, photos, arrivals, timeoutMs, senders }: GeneratorOptions) {
    const shared = photos.map(({ name, bytes, contentType }) => ({ name, contentType, bytes: share(bytes) }));
    const origin = clockOrigin();
    const channels = Array.from({ length: senders }, () => new MessageChannel());
    this.#senders = channels.map(({ port1 }, index) => {
      return startSender({ url, photos: shared, timeoutMs, clockOrigin: origin, index, of: senders, due: port1 });
    });
    const due = channels.map(({ port2 }) => port2);
    this.#pacer = startPacer({ arrivals, clockOrigin: origin, due, stop: this.#stop });
  }

  /**
   * Runs the schedule to its end or to `stop`. Every sample is delivered before it resolves.
   *
   * @returns counts of nanoseconds between intended and sent, one for each thread.
   * @throws what a thread or `onSample` threw; the threads have to be closed all the same.
   */
  async run(onSample: (sample: Measured) => void): Promise<Histogram[]> {
    const broken = new AbortController();
    for (const thread of this.#threads) thread.once('error', (error) => broken.abort(error));
    const failed = once(broken.signal, 'abort').then(() => broken.signal.throwIfAborted()) as Promise<never>;
    const work = async (): Promise<Histogram[]> => {
      const ready = this.#threads.map((thread) => once(thread, 'message'));
      await Promise.race([Promise.all(ready), this.#stopped]);
      if (Atomics.load(this.#stop, 0) !== 0) return [];
      const ends = this.#senders.map((sender) => collect(sender, onSample));
      this.#pacer.postMessage({ start: now() + leadMs } satisfies Start);
      return Promise.all(ends);
    };
    return Promise.race([work(), failed]);
  }

  /** Requests under way are given up; what was answered is delivered, and `run` resolves. */
  stop(): void {
    Atomics.store(this.#stop, 0, 1);
    Atomics.notify(this.#stop, 0);
    this.#endWaiting();
    for (const sender of this.#senders) sender.postMessage('stop');
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  get #threads(): readonly Worker[] {
    return [this.#pacer, ...this.#senders];
  }
}

/** Hands over the samples of a sender until it says that there are no more. */
function collect(sender: Worker, onSample: (sample: Measured) => void): Promise<Histogram> {
  return new Promise((resolve, reject) => {
    sender.on('message', (message: Answered | Ended) => {
      if ('lateness' in message) return resolve(message.lateness);
      try {
        message.samples.forEach(onSample);
      } catch (error) {
        reject(error);
      }
    });
  });
}

function share(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
