import type { Histogram } from 'node:perf_hooks';

/** How late the generator of an open loop sent its requests: `sent - intended`, in milliseconds. */
export interface Lateness {
  /** Requests that were sent. */
  requests: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** Latenesses are counted in little memory, however many there are: in nanoseconds, up to an hour, to three digits. */
export const latenessRange = { lowest: 1, highest: 3.6e12, figures: 3 };

/** Milliseconds as a whole number of nanoseconds in the range. */
export function toNanoseconds(milliseconds: number): number {
  return Math.min(latenessRange.highest, Math.max(latenessRange.lowest, Math.round(milliseconds * 1e6)));
}

/** What was counted; all zero when nothing was sent. */
export function describeLateness(count: Histogram | undefined): Lateness {
  if (count === undefined || count.count === 0) return { requests: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 };
  const quantile = (percent: number): number => count.percentile(percent) / 1e6;
  return { requests: count.count, p50Ms: quantile(50), p99Ms: quantile(99), maxMs: count.max / 1e6 };
}
