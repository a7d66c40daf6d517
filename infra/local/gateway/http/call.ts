import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { ClientLimits } from '../client-limits.ts';
import type { DeployedFunction, LeasedReplica } from '../function/index.ts';
import { GatewayError } from '../gateway-error.ts';
import { bodyOf, hasBody } from './call-body.ts';
import { answerHeaders, type CallMarks, callHeaders } from './call-headers.ts';
import type { Credentials } from './credentials.ts';
import { type Exchange, errorType, sendError } from './error-answer.ts';
import type { HeaderList } from './headers.ts';
import type { Metrics } from './metrics.ts';

export interface CallOptions {
  metrics: Metrics;
  /** Those of `/system`, which no function gets to see. */
  credentials: Credentials;
  /** Whether the gateway is on its way out: a connection is then closed after its answer. */
  isStopping: () => boolean;
  clients: ClientLimits;
  onLog: (line: string) => void;
}

/** A replica on which nobody listens any more is replaced, and the call, of which nothing was sent, goes to another one. */
const attempts = 3;

/** Status for a caller who left before the answer; nobody sees it but the metrics. */
const callerGone = 499;

/** An answer of up to so many bytes is written in one piece with its headers; longer ones are not worth the copy. */
const shortAnswer = 16_384;

/**
 * One call: it waits for a replica, goes to it, and its answer comes back, bodies as streams both ways. A caller who
 * leaves ends the call at the replica too. Errors of the replica before its answer become 502, or 504 when it takes too
 * long; after that the connection is cut, as the caller could not tell a part from the whole otherwise.
 *
 * It is the handler of its exchange with the replica, and makes no functions, promises or streams of its own unless it
 * has to wait: all calls pay for what one of them does.
 */
export class Call implements Dispatcher.DispatchHandler {
  readonly #exchange: Exchange;
  readonly #path: string;
  readonly #deployed: DeployedFunction;
  readonly #options: CallOptions;
  readonly #marks: CallMarks;
  readonly #headers: HeaderList;
  #body: Buffer | Readable | null = null;
  #attempt = 0;
  #replica: LeasedReplica | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  /** Of the attempt, on the clock of `performance`. */
  #startedAt = 0;
  #status = 0;
  /** What the replica says of the length of its answer, in bytes. */
  #length = 0;
  #bodyBegun = false;
  #over = false;

  constructor(exchange: Exchange, path: string, deployed: DeployedFunction, options: CallOptions) {
    this.#exchange = exchange;
    this.#path = path;
    this.#deployed = deployed;
    this.#options = options;
    this.#marks = { id: exchange.id, startTime: `${Date.now()}000000` };
    this.#headers = callHeaders(exchange.request, this.#marks, options.credentials);
  }

  /** Called once. */
  begin(): void {
    // A short body has come together with its headers, and is there once these have been dealt with.
    if (hasBody(this.#exchange.request)) process.nextTick(takeBody, this);
    else this.#lease();
  }

  takeBody(): void {
    this.#body = bodyOf(this.#exchange.request);
    this.#lease();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#exchange.response.destroyed) controller.abort(new Error('the caller has left'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#length = Number(headers['content-length']);
    this.#writeHead(status, headers);
    // Headers travel with the first of the body when that follows at once, and alone when it keeps a caller waiting.
    setImmediate(flushHeaders, this);
  }

  flushHeaders(): void {
    const { response } = this.#exchange;
    if (!this.#bodyBegun && !response.destroyed) response.flushHeaders();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#bodyBegun && chunk.length === this.#length && chunk.length <= shortAnswer) {
      // All of it: as text, of a character for each byte, it is one piece with the headers.
      this.#end(chunk.toString('latin1'), 'latin1');
      return;
    }
    this.#bodyBegun = true;
    if (!this.#exchange.response.write(chunk)) this.#holdUp(controller);
  }

  onResponseEnd(): void {
    if (!this.#exchange.response.writableEnded) this.#end();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error & { code?: string }): void {
    const { response } = this.#exchange;
    if (response.destroyed) this.#finish(this.#status || callerGone);
    else if (error.code === 'ECONNREFUSED') this.#refused(error);
    else if (response.headersSent) response.destroy();
    else this.#fail(error);
  }

  #lease(): void {
    const replica = this.#deployed.tryLease();
    if (replica === undefined) void this.#wait();
    else this.#sendTo(replica);
  }

  /** Waits for a replica for as long as the caller does. */
  async #wait(): Promise<void> {
    const { response } = this.#exchange;
    const gone = new AbortController();
    const onClose = () => gone.abort(new GatewayError(499, 'the caller has left'));
    response.once('close', onClose);
    try {
      this.#sendTo(await this.#deployed.lease(gone.signal));
    } catch (error) {
      this.#answerError(error as Error);
    } finally {
      response.off('close', onClose);
    }
  }

  #sendTo(replica: LeasedReplica): void {
    const { request, response } = this.#exchange;
    this.#attempt += 1;
    if (this.#attempt === 1) {
      this.#options.metrics.started(this.#deployed.deployment.name);
      response.on('close', this.#onClose.bind(this));
    }
    this.#replica = replica;
    this.#controller = undefined;
    this.#startedAt = performance.now();
    const method = request.method as Dispatcher.HttpMethod;
    // undici's types do not know that a list may hold several values of one header.
    const headers = this.#headers as string[];
    replica.pool.dispatch({ path: this.#path, method, headers, body: this.#body }, this);
  }

  /** Nobody listens there: nothing was sent, and the call may go elsewhere. */
  #refused(error: Error): void {
    const replica = this.#release();
    if (replica !== undefined) this.#deployed.replicas.discard(replica);
    if (this.#attempt < attempts) {
      this.#lease();
      return;
    }
    this.#finish(502);
    this.#answerError(new GatewayError(502, `no replica takes the call: ${error.message}`));
  }

  #fail(error: Error & { code?: string }): void {
    const late = error.code === 'UND_ERR_HEADERS_TIMEOUT' || error.code === 'UND_ERR_CONNECT_TIMEOUT';
    const what = late ? 'did not answer in time' : `failed: ${error.message}`;
    const text = `the replica ${this.#replica?.name} ${what}`;
    this.#options.onLog(`gateway: request ${this.#exchange.id}: ${text}`);
    this.#writeHead(late ? 504 : 502, { 'content-type': errorType });
    this.#end(`${text}\n`, 'utf8');
  }

  #answerError(error: Error): void {
    const { isStopping, onLog } = this.#options;
    sendError(error, this.#exchange, { closes: isStopping(), onLog });
  }

  #writeHead(status: number, headers: IncomingHttpHeaders): void {
    const list = answerHeaders(headers, this.#marks);
    if (this.#options.isStopping()) list.push('connection', 'close');
    this.#status = status;
    this.#exchange.response.writeHead(status, list);
  }

  /** The replica is held up until the caller has taken what waits for it. */
  #holdUp(controller: Dispatcher.DispatchController): void {
    const { response } = this.#exchange;
    controller.pause();
    response.setTimeout(this.#options.clients.seconds * 1000);
    response.once('drain', () => {
      response.setTimeout(0);
      controller.resume();
    });
  }

  #end(text = '', encoding: BufferEncoding = 'latin1'): void {
    const { request, response } = this.#exchange;
    this.#bodyBegun = true;
    response.end(text, encoding);
    // Once it is written, the server's limit for connections without a request comes in the place of this one.
    if (response.writableLength > 0) response.setTimeout(this.#options.clients.seconds * 1000);
    // What is left of the request has nowhere to go, and is read so that the caller gets to reading the answer.
    if (!request.complete) request.unpipe().resume();
  }

  #onClose(): void {
    // Without a controller the request still waits for a connection, and is aborted when it gets one.
    if (!this.#exchange.response.writableFinished) this.#controller?.abort(new Error('the caller has left'));
    this.#finish(this.#status || callerGone);
  }

  #finish(status: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#release();
    this.#deployed.completed(status);
    this.#options.metrics.completed(
      this.#deployed.deployment.name,
      status,
      (performance.now() - this.#startedAt) / 1000,
    );
  }

  /** Gives the replica back, if there still is one. */
  #release(): LeasedReplica | undefined {
    const replica = this.#replica;
    this.#replica = undefined;
    replica?.release();
    return replica;
  }
}

function takeBody(call: Call): void {
  call.takeBody();
}

function flushHeaders(call: Call): void {
  call.flushHeaders();
}
