import type { IncomingHttpHeaders } from 'node:http';

/** Names and values in turn, as Node and undici take them without making an object of them first. */
export type HeaderList = (string | string[])[];

/** Headers that belong to one connection and never pass a proxy (RFC 9110, section 7.6.1). */
export const hopByHop: ReadonlySet<string> = new Set([
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

/** Of `Connection`, what most messages say: it names nothing that would pass otherwise. */
const usual: ReadonlySet<string | undefined> = new Set([undefined, 'keep-alive', 'close']);

/**
 * The headers that pass from one side to the other. Those that `Connection` names stay behind as well.
 *
 * @param dropped names of those that stay behind in any case.
 */
export function endToEnd(headers: IncomingHttpHeaders, dropped: ReadonlySet<string> = hopByHop): HeaderList {
  const stays = usual.has(headers.connection) ? dropped : withNamed(dropped, headers.connection ?? '');
  const passed: HeaderList = [];
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !stays.has(name)) passed.push(name, value);
  }
  return passed;
}

function withNamed(dropped: ReadonlySet<string>, connection: string): ReadonlySet<string> {
  const named = connection.toLowerCase().split(',');
  return new Set([...dropped, ...named.map((name) => name.trim())]);
}
