import type { Comparison } from '../../summary/index.ts';
import { listed } from '../format.ts';
import { describeComparison, describePair } from './describe.ts';

/** Those of two targets. More sentences are a list that nobody reads before a decision. */
const mostInFull = 3;

/** Whether the verdict has every comparison with its interval; else a table has. */
export function allInFull(comparisons: readonly Comparison[]): boolean {
  return comparisons.length <= mostInFull;
}

/**
 * The comparisons that carry a verdict: of two targets all of them, of more a sentence for each that the recommended one
 * was compared with. Without a recommended one, for each two that differ.
 */
export function describeCarrying(comparisons: readonly Comparison[], recommended: string | undefined): string[] {
  if (allInFull(comparisons)) return comparisons.map(describeComparison);
  const carrying = inPairs(comparisons).filter((pair) =>
    pair.some(({ a, b, difference }) =>
      recommended === undefined ? difference.higher !== 'none shown' : a === recommended || b === recommended,
    ),
  );
  if (carrying.length > 0) return carrying.map((pair) => describePair(pair, recommended));
  const names = [...new Set(comparisons.flatMap(({ a, b }) => [a, b]))];
  const figures = [...new Set(comparisons.map(({ figure }) => figure))];
  return [`No difference in ${listed(figures, 'disjunction')} is shown between any two of ${listed(names)}.`];
}

/** All figures of the same two targets. */
function inPairs(comparisons: readonly Comparison[]): Comparison[][] {
  const pairs: Comparison[][] = [];
  for (const comparison of comparisons) {
    const pair = pairs.find(([first]) => first?.a === comparison.a && first.b === comparison.b);
    if (pair === undefined) pairs.push([comparison]);
    else pair.push(comparison);
  }
  return pairs;
}
