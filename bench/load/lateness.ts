import { createHistogram, type Histogram } from 'node:perf_hooks';

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

/** What the counts of all threads come to; all zero when nothing was sent. */
export function describeLateness(counts: readonly Histogram[]): Lateness {
  const all = createHistogram(latenessRange);
  for (const count of counts) all.add(count as typeof all);
  if (all.count === 0) return { requests: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 };
  return {
    requests: all.count,
    p50Ms: all.percentile(50) / 1e6,
    p99Ms: all.percentile(99) / 1e6,
    maxMs: all.max / 1e6,
  };
}
