import jstat from 'jstat';
import type { BlockFigure } from './block-figure.ts';
import { type Difference, showDifference, toPercent } from './difference.ts';
import { confidence, type Estimate, quantile, studentT, unbounded } from './interval.ts';
import { drawBlocks, seeded } from './random.ts';

/**
 * The difference `a - b` of any figure of two targets whose blocks ran side by side, and a bootstrap interval: pairs of
 * blocks are drawn with replacement, so that what hangs together stays together, and the ends are quantiles of the
 * draws (Efron and Tibshirani, An Introduction to the Bootstrap, 13). With few blocks those of the plain percentile
 * interval lie too close together, so they are moved out to where Student's t has them: the expanded percentile interval
 * (Hesterberg, The American Statistician 69, 2015, 371-386, 3.3). The same data give the same interval. Fewer than two
 * pairs show nothing.
 *
 * @throws where the two have not as many blocks.
 */
export function bootstrapDifference(
  a: BlockFigure,
  b: BlockFigure,
  { level = confidence, draws = 5000, seed = 1 }: { level?: number; draws?: number; seed?: number } = {},
): Difference {
  const n = a.blocks;
  if (b.blocks !== n) throw new Error(`${n} blocks cannot be paired with ${b.blocks}`);
  const once = Array<number>(n).fill(1);
  const random = seeded(seed);
  const drawn = n < 2 ? [] : Array.from({ length: draws }, () => drawBlocks(n, random));
  const figures = drawn.map((weights) => [a.of(weights), b.of(weights)] as const);
  const tail = expandedTail(n, level);
  const estimate = (of: (a: number, b: number) => number): Estimate => {
    const value = of(a.of(once), b.of(once));
    if (n < 2) return { value, ...unbounded };
    const sorted = figures.map(([x, y]) => of(x, y)).sort((x, y) => x - y);
    return { value, low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
  };
  const positive = b.of(once) > 0 && figures.every(([, y]) => y > 0);
  return showDifference(
    estimate((x, y) => x - y),
    positive ? estimate((x, y) => toPercent(x / y)) : undefined,
  );
}

/** The share of draws left out at each end. */
function expandedTail(n: number, level: number): number {
  return jstat.normal.cdf(-Math.sqrt(n / (n - 1)) * studentT(n - 1, level), 0, 1);
}
