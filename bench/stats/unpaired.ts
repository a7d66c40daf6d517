import { fieller } from './fieller.ts';
import { type Estimate, studentT, unbounded } from './interval.ts';
import type { Scatter } from './scatter.ts';

/** How much a figure changed between two runs: `b - a`. */
export interface Change extends Estimate {
  /** `b / a - 1`; absent where `a` is zero or less. */
  relative?: Estimate;
  /** The interval does not hold zero, or nothing can be said of the noise. */
  shown: 'higher' | 'lower' | 'none' | 'noise unknown';
}

/**
 * The difference of two figures that were measured apart, with Welch's t interval. Nothing pairs their blocks, so what
 * drifted between them is in it. The relative interval is Fieller's, which holds zero exactly when the other does, or is
 * open.
 */
export function unpairedChange(a: Scatter, b: Scatter): Change {
  const value = b.value - a.value;
  const [varianceA, varianceB] = [a.standardError ** 2, b.standardError ** 2];
  if (!Number.isFinite(varianceA + varianceB)) {
    return { value, ...unbounded, ...relative(a.value, b.value, unbounded), shown: 'noise unknown' };
  }
  const t = quantileOfT(a, b);
  const half = t * Math.sqrt(varianceA + varianceB);
  const low = value - half;
  const high = value + half;
  return {
    value,
    low,
    high,
    ...relative(a.value, b.value, fieller(normal(b), normal(a), 0, t)),
    shown: low > 0 ? 'higher' : high < 0 ? 'lower' : 'none',
  };
}

/** By Welch's degrees of freedom; figures without any scatter need none. */
function quantileOfT(a: Scatter, b: Scatter): number {
  const [varianceA, varianceB] = [a.standardError ** 2, b.standardError ** 2];
  if (varianceA + varianceB === 0) return 0;
  const freedom = (varianceA + varianceB) ** 2 / (varianceA ** 2 / a.freedom + varianceB ** 2 / b.freedom);
  return studentT(freedom);
}

function normal({ value, standardError }: Scatter): { value: number; variance: number } {
  return { value, variance: standardError ** 2 };
}

function relative(a: number, b: number, ratio: { low: number; high: number }): { relative?: Estimate } {
  return a > 0 ? { relative: { value: b / a - 1, low: ratio.low - 1, high: ratio.high - 1 } } : {};
}
