import { now } from './clock.ts';

/** Requests that had no answer when a loop was ended: they are neither successes nor failures. */
export interface Underway {
  requests: number;
  /** How long the oldest had been under way, in milliseconds; 0 without any. */
  oldestMs: number;
}

export const nothingUnderway: Underway = { requests: 0, oldestMs: 0 };

/** A request without an answer, by when it was sent, in milliseconds since 1970. */
export interface Open {
  sent: number;
}

/** Of requests without an answer now, those that were under way at a loop's end, or are where that is still to come. */
export function describeUnderway(open: readonly Open[], end: number): Underway {
  const at = Math.min(end, now());
  const ages = open.map(({ sent }) => at - sent).filter((age) => age >= 0);
  return { requests: ages.length, oldestMs: ages.reduce((most, age) => Math.max(most, age), 0) };
}
