import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A whole number from `low` to `high`, both included, from a seeded sequence. */
export type Random = (low: number, high: number) => number;

/** The same seed gives the same sequence: a run's order can be repeated. */
export function seeded(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return (low, high) => uniformInt(generator, low, high);
}

/** A new array in random order (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random(0, left.length - 1), 1));
}

/** How often each of n blocks comes up in n draws with replacement. */
export function drawBlocks(n: number, random: Random): number[] {
  const weights = Array<number>(n).fill(0);
  for (let draw = 0; draw < n; draw += 1) {
    const block = random(0, n - 1);
    weights[block] = (weights[block] ?? 0) + 1;
  }
  return weights;
}
