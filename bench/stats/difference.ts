import { type Estimate, meanEstimate } from './interval.ts';

/** How much a figure of one target exceeds that of another. */
export interface Difference extends Estimate {
  /** `a` or `b` has the higher figure, or the interval holds zero and nothing is shown. */
  higher: 'a' | 'b' | 'none shown';
}

/**
 * The mean difference `a - b` over pairs of blocks that ran side by side, with Student's t interval over the pairs.
 * Drift of the machine hits both halves of a pair, so it cancels; samples inside a block are not independent, so the
 * block is the unit. Fewer than two pairs show nothing.
 */
export function pairedDifference(pairs: readonly (readonly [a: number, b: number])[]): Difference {
  const estimate = meanEstimate(pairs.map(([a, b]) => a - b));
  return { ...estimate, higher: estimate.low > 0 ? 'a' : estimate.high < 0 ? 'b' : 'none shown' };
}
