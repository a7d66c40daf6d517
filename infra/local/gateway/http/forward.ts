import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import type { Dispatcher, Pool } from 'undici';
import { endToEnd } from './headers.ts';

/** How a forwarded call ended. `refused`: nobody listens there, so that nothing was sent, and it may go elsewhere. */
export interface Outcome {
  status: number;
  refused?: Error;
}

/** Status for a caller who left before the answer; nobody sees it but the metrics. */
const callerGone = 499;

export interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  /** From `bodyOf(request)`: the same one for each attempt. */
  body: Readable | null;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  /** How long the caller may take nothing of what waits for it, in milliseconds; then its connection is closed. */
  callerMs: number;
  /** Headers for the answer besides those of the replica, asked for when it begins. */
  answerHeaders: () => OutgoingHttpHeaders;
  /** Told what of the replica's failed before its answer. */
  onFailure: (text: string) => void;
}

/**
 * The body of a request as a stream of its own, or null without one. When the replica's side fails, only this stream
 * is destroyed, and the caller's connection still takes an answer.
 */
export function bodyOf(request: IncomingMessage): Readable | null {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && (length === undefined || Number(length) === 0)) return null;
  // Its error is the answer's error, which is handled there.
  return request.pipe(new PassThrough()).on('error', () => undefined);
}

/**
 * Forwards one call over one of the pool's connections and streams bodies both ways. A caller who leaves ends the call
 * at the replica too. Errors of the replica before its answer become 502, or 504 when it takes too long; after that
 * the connection is cut, as the caller could not tell a part from the whole otherwise.
 */
export function forward(call: Call, pool: Pool): Promise<Outcome> {
  return new Promise((resolve) => {
    pool.dispatch(
      { path: call.path, method: call.request.method as Dispatcher.HttpMethod, headers: call.headers, body: call.body },
      new Exchange(call, resolve),
    );
  });
}

/** The replica's answer on its way to the caller. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #call: Call;
  readonly #resolve: (outcome: Outcome) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #bodyBegun = false;
  #over = false;

  constructor(call: Call, resolve: (outcome: Outcome) => void) {
    this.#call = call;
    this.#resolve = resolve;
    call.response.once('close', this.#onClose);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#call.response.destroyed) controller.abort(new Error('the caller has left'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    const { response, answerHeaders } = this.#call;
    this.#status = status;
    response.writeHead(status, { ...endToEnd(headers), ...answerHeaders() });
    // Headers travel with the first of the body when that follows at once, and alone when it keeps a caller waiting.
    setImmediate(() => {
      if (!this.#bodyBegun && !response.destroyed) response.flushHeaders();
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { response, callerMs } = this.#call;
    this.#bodyBegun = true;
    if (response.write(chunk)) return;
    controller.pause();
    response.setTimeout(callerMs);
    response.once('drain', () => {
      response.setTimeout(0);
      controller.resume();
    });
  }

  onResponseEnd(): void {
    const { request, response, body, callerMs } = this.#call;
    this.#bodyBegun = true;
    // Once it is written, the server's limit for connections without a request comes in the place of this one.
    response.setTimeout(callerMs);
    response.end();
    // What is left of the request has nowhere to go, and is read so that the caller gets to reading the answer.
    if (body !== null && !request.complete) request.unpipe().resume();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error & { code?: string }): void {
    const { response } = this.#call;
    if (response.destroyed) this.#finish({ status: this.#status || callerGone });
    else if (error.code === 'ECONNREFUSED') this.#finish({ status: 502, refused: error });
    else if (response.headersSent) response.destroy();
    else this.#fail(error);
  }

  #fail(error: Error & { code?: string }): void {
    const { response, answerHeaders, onFailure } = this.#call;
    const late = error.code === 'UND_ERR_HEADERS_TIMEOUT' || error.code === 'UND_ERR_CONNECT_TIMEOUT';
    this.#status = late ? 504 : 502;
    const text = late ? 'the replica did not answer in time' : `the replica failed: ${error.message}`;
    onFailure(text);
    response.writeHead(this.#status, { 'content-type': 'text/plain; charset=utf-8', ...answerHeaders() });
    response.write(`${text}\n`);
    this.onResponseEnd();
  }

  readonly #onClose = (): void => {
    // Without a controller the request still waits for a connection, and is aborted when it gets one.
    if (!this.#call.response.writableFinished) this.#controller?.abort(new Error('the caller has left'));
    this.#finish({ status: this.#status || callerGone });
  };

  #finish(outcome: Outcome): void {
    if (this.#over) return;
    this.#over = true;
    this.#call.response.off('close', this.#onClose);
    this.#resolve(outcome);
  }
}
