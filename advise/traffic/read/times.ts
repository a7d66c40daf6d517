import { sharedTimes, type Traffic } from '../traffic.ts';
import { SlotCounts } from './slot-counts.ts';

/** More times than this are kept by the second they are in. */
export const mostTimes = 10_000_000;

/** Exact times of requests, in any order. */
export class Times {
  readonly #most: number;
  readonly #counts = new SlotCounts(1);
  #times = new Float64Array(1024);
  #length = 0;

  constructor(most = mostTimes) {
    this.#most = most;
  }

  /** @param at seconds. */
  add(at: number, count: number): void {
    this.#counts.add(at, count);
    for (let left = count; left > 0 && this.#length <= this.#most; left -= 1) {
      if (this.#length === this.#times.length) {
        const grown = new Float64Array(2 * this.#length);
        grown.set(this.#times);
        this.#times = grown;
      }
      this.#times[this.#length] = at;
      this.#length += 1;
    }
  }

  traffic(source: string): Traffic {
    const traffic = this.#counts.traffic(source);
    if (this.#length > this.#most) return traffic;
    const sorted = this.#times.subarray(0, this.#length).sort();
    // Slots begin at whole seconds.
    const start = Math.floor(sorted[0] ?? 0);
    return { ...traffic, times: sharedTimes(sorted.map((time) => time - start)) };
  }
}
