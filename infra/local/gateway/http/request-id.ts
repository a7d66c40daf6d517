import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What an id may be that somebody else made: it goes into headers and log lines. */
const sane = /^[\w.~+/=-]{1,128}$/;

/** The id of a request: the sane one that it came with, in its own header or in OpenFaaS's, else one of its own. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  for (const id of [headers['x-request-id'], headers['x-call-id']]) {
    if (typeof id === 'string' && sane.test(id)) return id;
  }
  return randomUUID();
}
