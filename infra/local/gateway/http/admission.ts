import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { GatewayError } from '../gateway-error.ts';
import { targetFault } from './request-target.ts';

/** Keeps out requests that could be taken for others, and what follows them: it may have been meant as something else. */
export class Admission {
  readonly #refused = new WeakSet<Socket>();

  /** Why a request is refused, if it is; its connection is then to be closed. */
  faultOf(request: IncomingMessage): GatewayError | undefined {
    if (this.#refused.has(request.socket)) return new GatewayError(400, 'the request before this one was refused');
    const fault = targetFault(request);
    if (fault !== undefined) this.#refused.add(request.socket);
    return fault;
  }
}
