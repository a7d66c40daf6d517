import { once } from 'node:events';
import type { Histogram } from 'node:perf_hooks';
import { MessageChannel } from 'node:worker_threads';
import type { Arrivals } from '../arrivals/index.ts';
import { clockOrigin, now } from '../clock.ts';
import type { Photo } from '../photos.ts';
import type { Measured } from '../sample.ts';
import type { Answered, Ended, PacerOrder, SenderOrder } from './messages.ts';
import { startPacer } from './pacer.ts';
import { startSender } from './sender.ts';

/** An open loop: requests go out on a schedule, whether or not earlier ones have been answered. */
export interface OpenLoop {
  url: string;
  photos: readonly Photo[];
  /** When the requests should go out. */
  arrivals: Arrivals;
  timeoutMs: number;
  /** Ends the loop early; what was answered until then is delivered. */
  signal: AbortSignal;
  onSample(sample: Measured): void;
}

/** Milliseconds from the order until its schedule starts, so that its first request finds the threads waiting. */
const leadMs = 20;

/** Two threads that send requests on a schedule: one watches the clock, and tells the other what is due. */
export class Generator {
  readonly #sender = startSender();
  readonly #pacer = startPacer();
  readonly #ready = Promise.all([once(this.#sender, 'message'), once(this.#pacer, 'message')]);
  readonly #failed = new Promise<never>((_, reject) => {
    for (const thread of this.#threads) thread.once('error', reject);
  });

  constructor() {
    // Whoever runs it hears of these; between two runs nobody does.
    for (const promise of [this.#ready, this.#failed]) promise.catch(() => undefined);
  }

  /**
   * Runs one schedule to its end, or to the signal: requests under way are given up then. Every sample is delivered
   * before it resolves.
   *
   * @returns nanoseconds between intended and sent; nothing when the signal came before the first request.
   * @throws what a thread or `onSample` threw; the generator has to be closed then.
   */
  async run(options: OpenLoop): Promise<Histogram | undefined> {
    for (const thread of this.#threads) thread.ref();
    const { signal } = options;
    const cancel = new AbortController();
    try {
      const aborted = once(signal, 'abort', { signal: cancel.signal }).catch(() => undefined);
      await Promise.race([this.#ready, this.#failed, ...(signal.aborted ? [undefined] : [aborted])]);
      return signal.aborted ? undefined : await Promise.race([this.#send(options), this.#failed]);
    } finally {
      cancel.abort();
      for (const thread of this.#threads) thread.unref();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  async #send({ url, photos, arrivals, timeoutMs, signal, onSample }: OpenLoop): Promise<Histogram> {
    const { port1, port2 } = new MessageChannel();
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const order: SenderOrder = { url, photos: photos.map(share), timeoutMs, clockOrigin: clockOrigin(), due: port1 };
    this.#sender.postMessage(order, [port1]);
    const pacing = { arrivals, clockOrigin: order.clockOrigin, start: now() + leadMs, due: port2, stop };
    this.#pacer.postMessage(pacing satisfies PacerOrder, [port2]);
    const onAbort = (): void => {
      Atomics.store(stop, 0, 1);
      Atomics.notify(stop, 0);
      this.#sender.postMessage('stop');
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await this.#collect(onSample);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Hands over samples until the sender says that there are no more. */
  #collect(onSample: (sample: Measured) => void): Promise<Histogram> {
    return new Promise((resolve, reject) => {
      const onMessage = (message: Answered | Ended): void => {
        try {
          if ('samples' in message) {
            message.samples.forEach(onSample);
            return;
          }
          resolve(message.lateness);
        } catch (error) {
          reject(error);
        }
        this.#sender.off('message', onMessage);
      };
      this.#sender.on('message', onMessage);
    });
  }

  get #threads() {
    return [this.#pacer, this.#sender];
  }
}

function share({ name, bytes, contentType }: Photo): SenderOrder['photos'][number] {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return { name, contentType, bytes: shared };
}
