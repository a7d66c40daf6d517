import { type Random, seeded } from '../../../bench/stats/index.ts';
import { damage } from './damage.ts';
import { malformed } from './malformed.ts';
import { multipart } from './multipart.ts';

/** Bytes for one connection, which may be no HTTP. */
export interface Message {
  /** Enough to find it again: what it is, and its number. */
  name: string;
  /** Written one after the other. */
  parts: readonly Buffer[];
  /** The connection is reset after the last part, rather than ended. */
  reset: boolean;
}

/** The message of a number: the same seed and number give the same one. */
export function message(seed: number, number: number): Message {
  const random = seeded(seed * 1_000_003 + number);
  const families = [malformed, multipart, damage] as const;
  const [kind, bytes] = (families[random(0, families.length - 1)] ?? damage)(random);
  return { name: `${number}: ${kind}`, parts: cutUp(bytes, random), reset: random(1, 20) === 1 };
}

/** Bytes in one to four parts. */
function cutUp(bytes: Buffer, random: Random): Buffer[] {
  const cuts = Array.from({ length: random(0, 3) }, () => random(0, bytes.length)).sort((a, b) => a - b);
  return [0, ...cuts].map((start, index) => bytes.subarray(start, cuts[index] ?? bytes.length));
}
