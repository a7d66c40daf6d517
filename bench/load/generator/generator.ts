import { once } from 'node:events';
import type { Arrivals } from '../arrivals/index.ts';
import { clockOrigin, now } from '../clock.ts';
import type { Address } from '../endpoint.ts';
import type { Photo } from '../photos.ts';
import type { Measured } from '../sample.ts';
import type { Answered, Ended, Order, SharedPhoto } from './messages.ts';
import { startSender } from './thread.ts';

/** An open loop: requests go out on a schedule, whether or not earlier ones have been answered. */
export interface OpenLoop extends Address {
  photos: readonly Photo[];
  /** When the requests should go out. */
  arrivals: Arrivals;
  timeoutMs: number;
  /** Ends the loop early; what was answered until then is delivered. */
  signal: AbortSignal;
  onSample(sample: Measured): void;
}

/** Milliseconds from the order until its schedule starts, so that its first request finds the thread waiting. */
const leadMs = 20;

/** A thread that sends requests on a schedule. */
export class Generator {
  readonly #thread = startSender();
  readonly #ready = once(this.#thread, 'message');
  readonly #failed = new Promise<never>((_, reject) => {
    this.#thread.once('error', reject);
  });

  constructor() {
    // Whoever runs it hears of these; between two runs nobody does.
    for (const promise of [this.#ready, this.#failed]) promise.catch(() => undefined);
  }

  /** Resolves when it can send at once. @throws what the thread threw; the generator has to be closed then. */
  async ready(): Promise<void> {
    this.#thread.ref();
    try {
      await Promise.race([this.#ready, this.#failed]);
    } finally {
      this.#thread.unref();
    }
  }

  /**
   * Runs one schedule to its end, or to the signal: requests under way are given up then. Every sample is delivered
   * before it resolves.
   *
   * @returns what the thread has told last; nothing when the signal came before the first request.
   * @throws what the thread or `onSample` threw; the generator has to be closed then.
   */
  async run(options: OpenLoop): Promise<Ended | undefined> {
    this.#thread.ref();
    const { signal } = options;
    const cancel = new AbortController();
    try {
      const aborted = once(signal, 'abort', { signal: cancel.signal }).catch(() => undefined);
      await Promise.race([this.#ready, this.#failed, ...(signal.aborted ? [undefined] : [aborted])]);
      return signal.aborted ? undefined : await Promise.race([this.#send(options), this.#failed]);
    } finally {
      cancel.abort();
      this.#thread.unref();
    }
  }

  async close(): Promise<void> {
    await this.#thread.terminate();
  }

  async #send({ photos, signal, onSample, ...loop }: OpenLoop): Promise<Ended> {
    const start = now() + leadMs;
    const order: Order = { ...loop, photos: photos.map(share), clockOrigin: clockOrigin(), start };
    this.#thread.postMessage(order);
    const onAbort = (): void => this.#thread.postMessage('stop');
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await this.#collect(onSample);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Hands over samples until the thread says that there are no more. */
  #collect(onSample: (sample: Measured) => void): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const onMessage = (message: Answered | Ended): void => {
        try {
          if ('samples' in message) {
            message.samples.forEach(onSample);
            return;
          }
          resolve(message);
        } catch (error) {
          reject(error);
        }
        this.#thread.off('message', onMessage);
      };
      this.#thread.on('message', onMessage);
    });
  }
}

function share({ name, bytes, contentType }: Photo): SharedPhoto {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return { name, contentType, bytes: shared };
}
