import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Credentials } from './credentials.ts';
import { endToEnd, type HeaderList, hopByHop } from './headers.ts';

/** What the gateway tells of a call to both sides, so that one call can be told from another. */
export interface CallMarks {
  id: string;
  /** Nanoseconds since 1970. */
  startTime: string;
}

const marks = ['x-request-id', 'x-call-id', 'x-start-time'];

/** What the replica gets another one of; Node has answered `Expect`. */
const notForReplica: ReadonlySet<string> = new Set([...hopByHop, ...marks, 'host', 'expect']);
const notForCaller: ReadonlySet<string> = new Set([...hopByHop, ...marks, 'x-served-by']);

/** The headers of a call for its replica: those of the caller, and those that OpenFaaS's gateway adds. */
export function callHeaders(
  { headers, socket }: IncomingMessage,
  call: CallMarks,
  credentials: Credentials,
): HeaderList {
  const { authorization, host } = headers;
  const given =
    authorization !== undefined && credentials.areIn(authorization) ? withoutAuthorization(headers) : headers;
  const passed = endToEnd(given, notForReplica);
  if (host !== undefined && given['x-forwarded-host'] === undefined) passed.push('x-forwarded-host', host);
  if (given['x-forwarded-for'] === undefined) passed.push('x-forwarded-for', socket.remoteAddress ?? '');
  return addMarks(passed, call);
}

/** The headers of a replica's answer for the caller, with those of the gateway. */
export function answerHeaders(headers: IncomingHttpHeaders, call: CallMarks): HeaderList {
  const passed = addMarks(endToEnd(headers, notForCaller), call);
  passed.push('x-served-by', 'faceoff-local');
  return passed;
}

/** One id, also by the name that OpenFaaS's clients look for. */
function addMarks(headers: HeaderList, { id, startTime }: CallMarks): HeaderList {
  headers.push('x-request-id', id, 'x-call-id', id, 'x-start-time', startTime);
  return headers;
}

/** A function may have credentials of its own, as with OpenFaaS; the gateway's are not for it. */
function withoutAuthorization({ authorization: _gateways, ...others }: IncomingHttpHeaders): IncomingHttpHeaders {
  return others;
}
