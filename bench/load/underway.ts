/** Requests that had no answer when a loop was ended: they are neither successes nor failures. */
export interface Underway {
  requests: number;
  /** How long the oldest had been under way, in milliseconds; 0 without any. */
  oldestMs: number;
}

export const nothingUnderway: Underway = { requests: 0, oldestMs: 0 };
