import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorLine, errorType } from './error-answers.ts';
import { overloaded } from './errors.ts';
import { requestIdOf } from './request-id.ts';

/** The routes that take pictures, by their paths; what comes by other spellings is refused by the route itself. */
const pictureRoute = /^\/(?:classify)?(?=\?|$)/;

const { status, headers: retryAfter, code, message } = overloaded();
const body = errorLine(code, message);
const fixedHeaders = { ...retryAfter, 'content-type': errorType, 'content-length': Buffer.byteLength(body) };

/**
 * A refusal waits for this long, in milliseconds, so that the system has the whole body by then: thrown away in few large
 * pieces it costs much less than in the many in which it comes.
 */
const bodyMs = 20;

export interface Refusing {
  /** Whether a picture that came now would be refused. */
  full: () => boolean;
  /** Headers of every answer. */
  headers: () => Record<string, string>;
  /** Told of each refusal before it is written. */
  onRefusal: (response: ServerResponse, method: string, route: string) => void;
}

/**
 * Refuses pictures that cannot be taken before anything is made for them: under overload most requests are such, and what
 * they cost is taken from the others. Their bodies are thrown away.
 * @returns a function that answers such a request, and says whether it was one.
 */
export function refuseEarly({
  full,
  headers,
  onRefusal,
}: Refusing): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.method !== 'POST' || !full()) {
      return false;
    }
    const route = pictureRoute.exec(request.url ?? '')?.[0];
    if (route === undefined) {
      return false;
    }
    onRefusal(response, request.method, route);
    response.writeHead(status, { ...fixedHeaders, ...headers(), 'x-request-id': requestIdOf(request) });
    setTimeout(() => response.end(body), bodyMs);
    return true;
  };
}
