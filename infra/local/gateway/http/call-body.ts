import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';

/** Whether a request says that a body follows. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && Number(length) > 0);
}

/**
 * The body of a request: what is there already, when that is all of it, which is cheaper to pass on; else a stream of
 * its own. When the replica's side fails, only that stream is destroyed, and the caller's connection still takes an answer.
 */
export function bodyOf(request: IncomingMessage): Buffer | Readable | null {
  if (request.complete) return request.read();
  // Its error is the answer's error, which is handled there.
  return request.pipe(new PassThrough()).on('error', () => undefined);
}
