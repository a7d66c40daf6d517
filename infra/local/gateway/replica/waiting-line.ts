import { GatewayError } from '../gateway-error.ts';

interface Waiter<T> {
  resolve: (value: T) => void;
  reject: (error: Error) => void;
}

/** Calls that wait for a replica: bounded in number and time, first come first served. */
export class WaitingLine<T> {
  readonly #waiters = new Set<Waiter<T>>();
  readonly #limit: number;
  readonly #timeoutMs: number;

  constructor(limit: number, timeoutMs: number) {
    this.#limit = limit;
    this.#timeoutMs = timeoutMs;
  }

  get length(): number {
    return this.#waiters.size;
  }

  /** @throws GatewayError 503 when the line is full, 504 after the time-out, what `reject` is given, or the signal's reason. */
  async wait(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.#waiters.size >= this.#limit) {
      throw new GatewayError(503, `${this.#limit} calls wait for a replica already: try again later`);
    }
    let leave: () => void = () => undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        const waiter = { resolve, reject };
        const late = new GatewayError(504, `no replica was ready within ${this.#timeoutMs / 1000} s`);
        const timer = setTimeout(reject, this.#timeoutMs, late);
        const onAbort = () => reject(signal.reason);
        signal.addEventListener('abort', onAbort, { once: true });
        this.#waiters.add(waiter);
        leave = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          this.#waiters.delete(waiter);
        };
      });
    } finally {
      leave();
    }
  }

  /** Serves those who wait for as long as there is something to serve them with. */
  serve(next: () => T | undefined): void {
    for (const waiter of this.#waiters) {
      const value = next();
      if (value === undefined) return;
      this.#waiters.delete(waiter);
      waiter.resolve(value);
    }
  }

  /** Tells all who wait that they wait in vain. */
  reject(error: Error): void {
    for (const { reject } of this.#waiters) reject(error);
    this.#waiters.clear();
  }
}
