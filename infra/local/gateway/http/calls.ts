import type { IncomingMessage, RequestListener } from 'node:http';
import type { Functions } from '../function/index.ts';
import { GatewayError } from '../gateway-error.ts';
import type { Admission } from './admission.ts';
import { Call, type CallOptions } from './call.ts';
import { sendError } from './error-answer.ts';
import { requestIdOf } from './request-id.ts';

export interface CallsOptions extends CallOptions {
  functions: Functions;
  admission: Admission;
}

/** The methods of calls. Node's parser knows more, of WebDAV and others. */
const methods = new Set<string | undefined>(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']);

export function isCall({ method, url = '' }: IncomingMessage): boolean {
  return url.startsWith('/function/') && methods.has(method);
}

/** `/function/NAME[/path][?query]`: a call of a function. */
export function callListener(options: CallsOptions): RequestListener {
  const { functions, admission, isStopping, onLog } = options;
  return (request, response) => {
    const exchange = { id: requestIdOf(request), request, response };
    const fault = admission.faultOf(request);
    try {
      if (fault !== undefined) throw fault;
      const { name, path } = parseCallUrl(request.url ?? '');
      new Call(exchange, path, functions.get(name), options).begin();
    } catch (error) {
      sendError(error as Error, exchange, { closes: fault !== undefined || isStopping(), onLog });
    }
  };
}

/** The path goes on as it was written, not decoded and encoded again. */
function parseCallUrl(url: string): { name: string; path: string } {
  const [, name, rest = ''] = /^\/function\/([-a-zA-Z_0-9.]+)(?=[/?]|$)(.*)$/s.exec(url) ?? [];
  checkEncoding(url);
  if (name === undefined) throw new GatewayError(404, 'a function is called as /function/NAME');
  return { name, path: rest.startsWith('/') ? rest : `/${rest}` };
}

/** Refuses a path that no server can decode, which is left to none to make something of. */
function checkEncoding(url: string): void {
  if (!url.includes('%')) return;
  try {
    decodeURI(url.split('?', 1)[0] ?? '');
  } catch {
    throw new GatewayError(400, 'the path must be percent-encoded UTF-8');
  }
}
