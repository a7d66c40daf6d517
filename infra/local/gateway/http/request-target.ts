import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../gateway-error.ts';

/** How often a path is decoded to look for what is hidden in it; nothing honest is encoded more often. */
const decodings = 4;

/** What most paths are without: only these are looked at closely. */
const suspicious = /[%\\]|\/\./;

/** A control character, a backslash, or a segment of one or two dots (with parameters, as some servers have them). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const disguise = /[\0-\x1f\x7f\\]|\/\.{1,2}(?=[/;]|$)/;

/**
 * What is wrong with where a request says it goes, and how its body ends: whatever a replica, or another proxy, could
 * take for something else than this gateway does. Node's parser has refused the rest: two lengths, a length beside
 * chunks, headers that do not end as they must.
 */
export function targetFault({ url = '', headers, rawHeaders }: IncomingMessage): GatewayError | undefined {
  if (!url.startsWith('/')) return new GatewayError(400, 'the request target must be a path: this is no proxy');
  if (url.includes('#')) return new GatewayError(400, 'the request target must have no fragment');
  if (isDisguised(url)) {
    return new GatewayError(400, 'the path must have no dot segments, backslashes or control characters');
  }
  if (hostsIn(rawHeaders) > 1) return new GatewayError(400, 'there must be one Host');
  const encoding = headers['transfer-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'chunked') {
    return new GatewayError(501, 'no transfer coding but chunked is known here');
  }
  return undefined;
}

/** Whether a path, as it is or decoded again and again, is another one to a server that resolves or cuts it. */
function isDisguised(url: string): boolean {
  if (!suspicious.test(url)) return false;
  let [text = ''] = url.split('?', 1);
  for (let count = 0; count <= decodings; count += 1) {
    if (disguise.test(text)) return true;
    const decoded = text.replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (decoded === text) return false;
    text = decoded;
  }
  return true;
}

function hostsIn(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}
