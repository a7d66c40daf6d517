import type { IncomingHttpHeaders } from 'node:http';

/** Headers that belong to one connection and never pass a proxy (RFC 9110, section 7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The headers that pass from one side to the other. Those that `Connection` names stay behind as well. */
export function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = headers.connection?.toLowerCase().split(',') ?? [];
  const dropped = named.length === 0 ? hopByHop : new Set([...hopByHop, ...named.map((name) => name.trim())]);
  const passed: IncomingHttpHeaders = {};
  for (const name in headers) {
    if (!dropped.has(name)) passed[name] = headers[name];
  }
  return passed;
}
