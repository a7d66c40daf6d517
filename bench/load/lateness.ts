import { createHistogram } from 'node:perf_hooks';

/** How late the generator of an open loop sent its requests: `sent - intended`, in milliseconds. */
export interface Lateness {
  /** Requests that were sent. */
  requests: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** Counts latenesses in little memory, however many there are: to three digits, from a nanosecond to an hour. */
export class LatenessCount {
  readonly #nanoseconds = createHistogram({ lowest: 1, highest: 3.6e12, figures: 3 });

  add(milliseconds: number): void {
    this.#nanoseconds.record(Math.min(3.6e12, Math.max(1, Math.round(milliseconds * 1e6))));
  }

  /** All zero when nothing was sent. */
  describe(): Lateness {
    const { count, max } = this.#nanoseconds;
    if (count === 0) return { requests: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 };
    const quantile = (percent: number): number => this.#nanoseconds.percentile(percent) / 1e6;
    return { requests: count, p50Ms: quantile(50), p99Ms: quantile(99), maxMs: max / 1e6 };
  }
}
