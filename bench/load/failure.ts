import { errors } from 'undici';
import type { Measured } from './sample.ts';

/** An answer came, and is no HTTP. */
export class MalformedAnswer extends Error {
  constructor(cause: Error) {
    super(`The answer does not match the HTTP/1.1 protocol (${describeFailure(cause)})`, { cause });
  }
}

/** What became of a request that an error ended, other than a time-out. */
export function failureOf(error: unknown): Pick<Measured, 'error' | 'detail'> {
  const malformed = error instanceof MalformedAnswer || error instanceof errors.HTTPParserError;
  return { error: malformed ? 'malformed' : 'connection', detail: describeFailure(error) };
}

/** What an error that ended a request says, in one line, with its code if it has one. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${error.message}`.replace(/\s+/g, ' ').slice(0, 200);
}
