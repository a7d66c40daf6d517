/** Bins a quarter of a percent wide, from 10 µs to about a day. */
const least = 1e-5;
const perBin = 1 / Math.log(1.0025);
const bins = 9200;

/** Stretches of the simulated time whose latency is told by itself. */
const stretches = 240;
/** Bins of a stretch: 5 % wide. */
const coarse = 20;

/** All that a recorder holds, as plain data that a thread can hand over. */
export interface Recorded {
  attempts: number;
  failed: number;
  good: number;
  answered: number;
  sum: number;
  histogram: Float64Array<ArrayBuffer>;
  byStretch: Uint32Array<ArrayBuffer>;
}

/** What became of requests: counts, and latency as a histogram whose bins are 0.25 % wide. */
export class Recorder {
  attempts: number;
  failed: number;
  /** Answered in less than the limit. */
  good: number;
  #answered: number;
  #sum: number;
  readonly #limit: number;
  readonly #histogram: Float64Array<ArrayBuffer>;
  readonly #seconds: number;
  readonly #byStretch: Uint32Array<ArrayBuffer>;

  /** @param limit of the objective, and `seconds` that the traffic lasts; `before` is what it goes on from. */
  constructor(limit: number, seconds: number, before: Recorded = nothing()) {
    this.#limit = limit;
    this.#seconds = seconds;
    this.attempts = before.attempts;
    this.failed = before.failed;
    this.good = before.good;
    this.#answered = before.answered;
    this.#sum = before.sum;
    this.#histogram = before.histogram;
    this.#byStretch = before.byStretch;
  }

  /** The arrays are its own, no copies. */
  get recorded(): Recorded {
    const { attempts, failed, good } = this;
    const [answered, sum] = [this.#answered, this.#sum];
    return { attempts, failed, good, answered, sum, histogram: this.#histogram, byStretch: this.#byStretch };
  }

  /** A request that came at `at` seconds was answered after `latency` seconds. */
  answer(at: number, latency: number): void {
    this.attempts += 1;
    this.#answered += 1;
    this.#sum += latency;
    if (latency < this.#limit) this.good += 1;
    const bin = latency <= least ? 0 : Math.min(bins - 1, Math.ceil(Math.log(latency / least) * perBin));
    this.#histogram[bin] = (this.#histogram[bin] ?? 0) + 1;
    const stretch = Math.min(stretches - 1, Math.floor((at / this.#seconds) * stretches));
    const place = stretch * Math.ceil(bins / coarse) + Math.floor(bin / coarse);
    this.#byStretch[place] = (this.#byStretch[place] ?? 0) + 1;
  }

  fail(): void {
    this.attempts += 1;
    this.failed += 1;
  }

  /** Mean latency of answers, in seconds. */
  get mean(): number {
    return this.#sum / this.#answered;
  }

  /** The latency that this share of answers did not exceed, in seconds, at most 0.25 % too high; NaN without answers. */
  quantile(share: number): number {
    return quantileOf(this.#histogram, share * this.#answered, 1);
  }

  /** The share of all requests answered within each of the limits, in seconds. */
  shareWithin(limits: readonly number[]): number[] {
    let bin = 0;
    let count = 0;
    return limits.map((limit) => {
      while (bin < bins && edge(bin) <= limit) {
        count += this.#histogram[bin] ?? 0;
        bin += 1;
      }
      return this.attempts === 0 ? 0 : count / this.attempts;
    });
  }

  /** The 95th percentile of each stretch, in seconds, 5 % wide; NaN where nothing was answered. */
  p95OverTime(): number[] {
    const each = Math.ceil(bins / coarse);
    return Array.from({ length: stretches }, (_, stretch) => {
      const own = this.#byStretch.subarray(stretch * each, (stretch + 1) * each);
      return quantileOf(own, 0.95 * own.reduce((sum, count) => sum + count, 0), coarse);
    });
  }
}

function nothing(): Recorded {
  const histogram = new Float64Array(bins);
  const byStretch = new Uint32Array(stretches * Math.ceil(bins / coarse));
  return { attempts: 0, failed: 0, good: 0, answered: 0, sum: 0, histogram, byStretch };
}

/** The upper edge of a bin, in seconds. */
function edge(bin: number): number {
  return least * Math.exp(bin / perBin);
}

function quantileOf(histogram: Float64Array | Uint32Array, rank: number, width: number): number {
  if (!(rank > 0)) return Number.NaN;
  let count = 0;
  for (const [bin, own] of histogram.entries()) {
    count += own;
    if (count >= rank - 1e-9) return edge((bin + 1) * width - 1);
  }
  return Number.NaN;
}
