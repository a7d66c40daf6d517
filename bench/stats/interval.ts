import jstat from 'jstat';

/** A figure with the interval that holds the true value with the stated confidence. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** The confidence of every interval in a report. */
export const confidence = 0.95;

/** The interval of what too few values tell. */
export const unbounded = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY } as const;

/** Whether an interval says anything of a figure's noise: it is closed on one side at least. */
export function knowsNoise({ low, high }: Omit<Estimate, 'value'>): boolean {
  return Number.isFinite(low) || Number.isFinite(high);
}

/** Arithmetic mean; NaN for no values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The p-quantile (0 to 1) of values sorted upwards, interpolated between neighbours as R's type 7 and NumPy's default
 * do; NaN for no values.
 */
export function quantile(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** Mean with Student's t interval, for independent values; the interval is infinite for a single value. */
export function meanEstimate(values: readonly number[], level: number = confidence): Estimate {
  const value = mean(values);
  const n = values.length;
  if (n < 2) return { value, ...unbounded };
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / (n - 1);
  const half = studentT(n - 1, level) * Math.sqrt(variance / n);
  return { value, low: value - half, high: value + half };
}

/** How many standard errors Student's two-sided interval reaches to either side. */
export function studentT(freedom: number, level: number = confidence): number {
  return jstat.studentt.inv(0.5 + level / 2, freedom);
}

/**
 * The p-quantile with a distribution-free interval between two order statistics, whose coverage is at least the stated
 * confidence for independent values (Conover, Practical Nonparametric Statistics, 3.2). Where too few values bound it,
 * that side is infinite.
 */
export function quantileEstimate(values: readonly number[], p: number): Estimate {
  const sorted = values.toSorted((a, b) => a - b);
  return { value: quantile(sorted, p), ...betweenRanks(sorted, quantileRanks(sorted.length, p)) };
}

/** Ranks of two values sorted upwards, from 1; 0 and one more than there are values stand for no bound. */
export interface Ranks {
  low: number;
  high: number;
}

/** The ranks of the two order statistics between which the true p-quantile of n independent values lies. */
export function quantileRanks(n: number, p: number): Ranks {
  const tail = (1 - confidence) / 2;
  // The count of values below the true quantile is binomial(n, p).
  return {
    low: lowestWhere(n, (rank) => jstat.binomial.cdf(rank, n, p) > tail),
    high: lowestWhere(n, (rank) => jstat.binomial.cdf(rank, n, p) >= 1 - tail) + 1,
  };
}

/** The values at two ranks. */
export function betweenRanks(sorted: readonly number[], { low, high }: Ranks): Omit<Estimate, 'value'> {
  return { low: sorted[low - 1] ?? unbounded.low, high: sorted[high - 1] ?? unbounded.high };
}

/** The lowest number from 0 to `limit` for which a condition holds that, once true, stays true; `limit` if none. */
function lowestWhere(limit: number, holds: (rank: number) => boolean): number {
  let low = 0;
  let high = limit;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
