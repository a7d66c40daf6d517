import { unbounded } from './interval.ts';

/** A figure that scatters normally, by the variance of the figure itself. */
interface Normal {
  value: number;
  variance: number;
}

/**
 * Fieller's interval of the ratio `a / b` (Journal of the Royal Statistical Society B 16, 1954, 175-185): every ratio r
 * for which `a - r b` is not told from zero. Where it is bounded it holds one just if the interval of `a - b` holds zero;
 * it is unbounded where b is not told from zero.
 *
 * @param t how many standard errors an interval reaches to either side.
 */
export function fieller(a: Normal, b: Normal, covariance: number, t: number): { low: number; high: number } {
  // (a - r b)² <= t² var(a - r b) lies between the roots of this parabola.
  const square = b.value ** 2 - t ** 2 * b.variance;
  const half = a.value * b.value - t ** 2 * covariance;
  const constant = a.value ** 2 - t ** 2 * a.variance;
  if (square <= 0) return unbounded;
  const root = Math.sqrt(Math.max(0, half ** 2 - square * constant));
  return { low: (half - root) / square, high: (half + root) / square };
}
