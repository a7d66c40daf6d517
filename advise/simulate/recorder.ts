import { endianness } from 'node:os';

/** Bins as in the leading bits of a number: 512 for each doubling, at most 0.2 % wide, from 8 µs to a day and a half. */
const octave = 512;
const leastExponent = -17;
const bins = 34 * octave;

/** Stretches of the simulated time whose latency is told by itself. */
const stretches = 240;
/** Bins of a stretch that are one there: at most 6.3 % wide. */
const coarse = 32;

/** A number's sign, exponent and leading bits, without a logarithm for every request. */
const number = new Float64Array(1);
const halves = new Uint32Array(number.buffer);
const high = endianness() === 'LE' ? 1 : 0;
/** Of the 20 leading bits the nine that tell the bin, and the exponent above them. */
const shift = 11;
/** That of the least exponent, which is stored with 1023 added. */
const firstBin = (1023 + leastExponent) * octave;

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

/** What became of requests: counts, and latency as a histogram whose bins are at most 0.2 % wide. */
export class Recorder {
  attempts: number;
  failed: number;
  /** Answered in less than the limit. */
  good: number;
  #answered: number;
  /** A number from the first: what begins as `undefined` would be a new object with every sum. */
  #sum = 0;
  readonly #limit: number;
  readonly #histogram: Float64Array<ArrayBuffer>;
  readonly #stretchesPerSecond: number;
  readonly #byStretch: Uint32Array<ArrayBuffer>;

  /** @param limit of the objective, and `seconds` that the traffic lasts; `before` is what it goes on from. */
  constructor(limit: number, seconds: number, before: Recorded = nothing()) {
    this.#limit = limit;
    this.#stretchesPerSecond = stretches / seconds;
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
    const bin = binOf(latency);
    this.#histogram[bin] = (this.#histogram[bin] as number) + 1;
    const stretch = Math.min(stretches - 1, Math.floor(at * this.#stretchesPerSecond));
    const place = stretch * (bins / coarse) + Math.floor(bin / coarse);
    this.#byStretch[place] = (this.#byStretch[place] as number) + 1;
  }

  fail(): void {
    this.attempts += 1;
    this.failed += 1;
  }

  /** Mean latency of answers, in seconds. */
  get mean(): number {
    return this.#sum / this.#answered;
  }

  /** The latency that this share of answers did not exceed, in seconds, at most 0.2 % too high; NaN without answers. */
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

  /** The 95th percentile of each stretch, in seconds, at most 6.3 % too high; NaN where nothing was answered. */
  p95OverTime(): number[] {
    const each = bins / coarse;
    return Array.from({ length: stretches }, (_, stretch) => {
      const own = this.#byStretch.subarray(stretch * each, (stretch + 1) * each);
      return quantileOf(own, 0.95 * own.reduce((sum, count) => sum + count, 0), coarse);
    });
  }
}

function nothing(): Recorded {
  const histogram = new Float64Array(bins);
  const byStretch = new Uint32Array(stretches * (bins / coarse));
  return { attempts: 0, failed: 0, good: 0, answered: 0, sum: 0, histogram, byStretch };
}

/** The upper edge of a bin, in seconds. */
function edge(bin: number): number {
  return 2 ** (leastExponent + Math.floor(bin / octave)) * (1 + ((bin % octave) + 1) / octave);
}

/** The bin of a latency in seconds: the first or the last for one that is beyond them. */
function binOf(latency: number): number {
  number[0] = Math.max(0, latency);
  const bin = ((halves[high] as number) >>> shift) - firstBin;
  return bin < 0 ? 0 : bin < bins ? bin : bins - 1;
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
