import type { IncomingHttpHeaders } from 'node:http';
import { Client, type Dispatcher } from 'undici';

/** What becomes of a request: a head and an end, or an error at any time; nothing after that. */
export interface Handler {
  onHead(status: number, headers: IncomingHttpHeaders): void;
  onEnd(): void;
  onError(error: Error): void;
}

/**
 * As many connections as there are requests under way. The one that fell idle last is taken first, at a cost that does
 * not grow with their number, as a pool's does that looks for a free one while the target stalls.
 */
export class Connections {
  readonly #origin: string;
  readonly #idle: Client[] = [];
  readonly #busy = new Set<Client>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** @returns gives the request up, with its connection. */
  dispatch(request: Dispatcher.DispatchOptions, handler: Handler): (reason: Error) => void {
    const client = this.#idle.pop() ?? this.#connect();
    this.#busy.add(client);
    client.dispatch(request, {
      // By these two, undici knows a handler of its present interface.
      onRequestStart: () => undefined,
      onResponseData: () => undefined,
      onResponseStart: (_, status, headers) => handler.onHead(status, headers),
      onResponseEnd: () => {
        this.#busy.delete(client);
        this.#idle.push(client);
        handler.onEnd();
      },
      onResponseError: (_, error) => {
        this.#drop(client, error);
        handler.onError(error);
      },
    });
    return (reason) => this.#drop(client, reason);
  }

  /** Gives up whatever is under way. */
  close(): void {
    for (const client of [...this.#busy, ...this.#idle]) this.#drop(client, new Error('closed'));
  }

  /** Time-outs are the caller's, who counts them from when it sent. */
  #connect(): Client {
    return new Client(this.#origin, { headersTimeout: 0, bodyTimeout: 0, connectTimeout: 0 });
  }

  #drop(client: Client, reason: Error): void {
    this.#busy.delete(client);
    if (!client.destroyed) void client.destroy(reason);
  }
}
