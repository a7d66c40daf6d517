import { type Difference, pairedDifference } from '../stats/index.ts';

/** How two targets differ in one figure, over blocks that ran side by side. */
export interface Comparison {
  figure: 'median latency' | 'throughput';
  /** The one that the figure is of. */
  scenario: 'latency' | 'throughput';
  unit: 'ms' | 'per second';
  a: string;
  b: string;
  /** Rounds in which both had a block. */
  pairs: number;
  difference: Difference;
}

/** Compares every two targets, block by block; blocks that only one of them has are left out. */
export function compareTargets(
  { figure, scenario, unit }: Pick<Comparison, 'figure' | 'scenario' | 'unit'>,
  targets: readonly { name: string; byBlock: ReadonlyMap<number, number> }[],
): Comparison[] {
  return targets.flatMap((first, index) =>
    targets.slice(index + 1).flatMap((other) => {
      const pairs = [...first.byBlock].flatMap(([block, a]) => {
        const b = other.byBlock.get(block);
        return b === undefined ? [] : [[a, b] as const];
      });
      if (pairs.length === 0) return [];
      const of = { figure, scenario, unit, a: first.name, b: other.name };
      return [{ ...of, pairs: pairs.length, difference: pairedDifference(pairs) }];
    }),
  );
}
