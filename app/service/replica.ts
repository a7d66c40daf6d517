import { hostname } from 'node:os';

/** The moments of this process's start, in epoch milliseconds, as every answer's headers tell them. */
export class Replica {
  readonly id: string;
  readonly #started = Math.round(performance.timeOrigin);
  #loading: number | undefined;
  #ready: number | undefined;

  constructor(id = `${hostname()}-${process.pid}`) {
    this.id = id;
  }

  /** @param since when the runtime was there and the model began to be loaded. */
  loading(since: number): void {
    this.#loading = since;
  }

  /** The model is loaded and warmed. */
  ready(): void {
    this.#ready = Date.now();
  }

  get headers(): Record<string, string> {
    return {
      'x-replica-id': this.id,
      'x-replica-started': String(this.#started),
      ...(this.#loading !== undefined && { 'x-replica-loading': String(this.#loading) }),
      ...(this.#ready !== undefined && { 'x-replica-ready': String(this.#ready) }),
    };
  }
}
