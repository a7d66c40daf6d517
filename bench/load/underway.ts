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

/** Of requests without an answer, those that were under way at that time. */
export function describeUnderway(open: readonly Open[], at: number): Underway {
  const ages = open.map(({ sent }) => at - sent).filter((age) => age >= 0);
  return { requests: ages.length, oldestMs: ages.reduce((most, age) => Math.max(most, age), 0) };
}
