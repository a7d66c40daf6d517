import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { MalformedAnswer } from './failure.ts';

/** What is needed of autocannon's client beside its events: it leaves to time out what its parser cannot read. */
export interface ParsingClient extends EventEmitter {
  readonly conn: Socket;
  readonly parser: Parser;
}

/** http-parser-js, as far as it tells what it has read. */
interface Parser {
  readonly state: string;
  /** The line that has not ended yet. */
  readonly line: string;
  /** Still to come; NaN after a length that is no number, which it takes for zero. */
  readonly body_bytes: number | null;
  execute(chunk: Buffer): number | Error;
  initialize(type: 'RESPONSE'): void;
}

/**
 * Ends a connection whose answer is no HTTP, with a MalformedAnswer for its error; and has each connection read from
 * its beginning, where the parser would take it for the rest of an answer that was cut.
 */
export function watchParser(client: ParsingClient): void {
  const { parser } = client;
  const execute = parser.execute.bind(parser);
  let reading: Socket | undefined;
  parser.execute = (chunk) => {
    if (reading !== client.conn) parser.initialize('RESPONSE');
    reading = client.conn;
    const read = execute(chunk);
    const because = read instanceof Error ? read : flaw(parser);
    if (because !== undefined) client.conn.destroy(new MalformedAnswer(because));
    return read;
  };
}

const begin = 'HTTP/';

/** What the parser lets pass, or waits for the end of. */
function flaw({ state, line, body_bytes: left }: Parser): Error | undefined {
  if (Number.isNaN(left)) return new Error('its body has a length that is no number');
  const begun = line.slice(0, begin.length);
  return state === 'RESPONSE_LINE' && !begin.startsWith(begun)
    ? new Error(`it does not begin with ${begin}`)
    : undefined;
}
