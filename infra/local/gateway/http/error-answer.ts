import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError } from '../gateway-error.ts';

/** A request and its answer, by Node's means alone. */
export interface Exchange {
  id: string;
  request: IncomingMessage;
  response: ServerResponse;
}

/** Errors are told in plain text, as OpenFaaS has it. */
export const errorType = 'text/plain; charset=utf-8';

/** Status and text for an error; logs what is no fault of the caller and no overload. */
export function errorAnswer(
  error: Error & { statusCode?: number | undefined },
  { id, method = '', url = '' }: { id: string; method?: string | undefined; url?: string | undefined },
  onLog: (line: string) => void,
): { status: number; text: string } {
  const known = error instanceof GatewayError;
  const status = known ? error.status : (error.statusCode ?? 500);
  if (status >= 500 && status !== 503) {
    // The query may hold what is not to be logged.
    onLog(`gateway: request ${id}: ${method} ${url.split('?', 1)[0]}: ${known ? error.message : error.stack}`);
  }
  return { status, text: `${status === 401 ? 'invalid credentials' : error.message}\n` };
}

/** Answers with an error. @param closes whether the connection ends with it. */
export function sendError(
  error: Error,
  { id, request: { method, url }, response }: Exchange,
  { closes, onLog }: { closes: boolean; onLog: (line: string) => void },
): void {
  const { status, text } = errorAnswer(error, { id, method, url }, onLog);
  response.writeHead(status, {
    'content-type': errorType,
    'content-length': Buffer.byteLength(text),
    'x-request-id': id,
    ...(closes ? { connection: 'close' } : {}),
  });
  response.end(text);
}
