import { fieller } from './fieller.ts';
import { confidence, type Estimate, mean, meanEstimate, studentT, unbounded } from './interval.ts';

/** How much a figure of one target exceeds that of another. */
export interface Difference extends Estimate {
  /** The same in percent of b's figure; absent where that is not above zero. */
  percent?: Estimate;
  /** `a` or `b` has the higher figure, or the interval holds zero and nothing is shown. */
  higher: 'a' | 'b' | 'none shown';
}

/** The figures of two blocks that ran side by side. */
export type Pair = readonly [a: number, b: number];

/**
 * The mean difference `a - b` over pairs of blocks that ran side by side, with Student's t interval over the pairs.
 * Drift of the machine hits both halves of a pair, so it cancels; samples inside a block are not independent, so the
 * block is the unit. Fewer than two pairs show nothing.
 */
export function pairedDifference(pairs: readonly Pair[], level: number = confidence): Difference {
  const differences = pairs.map(([a, b]) => a - b);
  return showDifference(meanEstimate(differences, level), percentOf(pairs, level));
}

/** What an interval shows. */
export function showDifference(estimate: Estimate, percent: Estimate | undefined): Difference {
  return {
    ...estimate,
    ...(percent === undefined ? {} : { percent }),
    higher: estimate.low > 0 ? 'a' : estimate.high < 0 ? 'b' : 'none shown',
  };
}

/** The percentage by which the mean of a exceeds that of b, with Fieller's interval; undefined where b's is not above zero. */
function percentOf(pairs: readonly Pair[], level: number): Estimate | undefined {
  const n = pairs.length;
  const a = mean(pairs.map(([each]) => each));
  const b = mean(pairs.map(([, each]) => each));
  if (!(b > 0)) return undefined;
  const value = toPercent(a / b);
  if (n < 2) return { value, ...unbounded };
  /** The covariance of two means, from what each pair adds to it. */
  const covariance = (of: (pair: Pair) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / (n - 1) / n;
  const { low, high } = fieller(
    { value: a, variance: covariance(([x]) => (x - a) ** 2) },
    { value: b, variance: covariance(([, y]) => (y - b) ** 2) },
    covariance(([x, y]) => (x - a) * (y - b)),
    studentT(n - 1, level),
  );
  return { value, low: toPercent(low), high: toPercent(high) };
}

export function toPercent(ratio: number): number {
  return 100 * (ratio - 1);
}
