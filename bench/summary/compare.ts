import {
  bootstrapDifference,
  confidence,
  type Difference,
  pairedDifference,
  quantileOfBlocks,
} from '../stats/index.ts';

/** How two targets differ in one figure, over blocks that ran side by side. */
export interface Comparison {
  figure: 'median latency' | 'p95 latency' | 'throughput';
  /** The one that the figure is of. */
  scenario: 'latency' | 'throughput';
  unit: 'ms' | 'per second';
  a: string;
  b: string;
  /** Rounds in which both had a block. */
  pairs: number;
  difference: Difference;
}

/** What each target's blocks gave, by the number of the block. */
type ByTarget<Value> = readonly { name: string; byBlock: ReadonlyMap<number, Value> }[];

/** Blocks of the same number, in the same order. */
interface Paired<Value> {
  a: Value[];
  b: Value[];
}

/**
 * Compares every two targets, block by block, in each figure. The intervals of all that is compared hold together with
 * 95 % confidence (Bonferroni): however much is compared, of targets that are alike at most one run in twenty shows
 * any difference.
 */
export function compareTargets(
  medians: ByTarget<number>,
  latencies: ByTarget<readonly number[]>,
  rates: ByTarget<number>,
): Comparison[] {
  const pending = [
    ...compare({ figure: 'median latency', scenario: 'latency', unit: 'ms' }, medians, differenceOfFigures),
    ...compare({ figure: 'p95 latency', scenario: 'latency', unit: 'ms' }, latencies, ({ a, b }, level) =>
      bootstrapDifference(quantileOfBlocks(a, 0.95), quantileOfBlocks(b, 0.95), { level }),
    ),
    ...compare({ figure: 'throughput', scenario: 'throughput', unit: 'per second' }, rates, differenceOfFigures),
  ];
  const level = 1 - (1 - confidence) / pending.length;
  return pending.map(({ difference, ...of }) => ({ ...of, difference: difference(level) }));
}

/** A comparison whose level is known once it is known how many there are. */
type Pending = Omit<Comparison, 'difference'> & { difference: (level: number) => Difference };

/** Every two targets in one figure; blocks that only one of them has are left out. */
function compare<Value>(
  what: Pick<Comparison, 'figure' | 'scenario' | 'unit'>,
  targets: ByTarget<Value>,
  difference: (pairs: Paired<Value>, level: number) => Difference,
): Pending[] {
  return targets.flatMap((first, index) =>
    targets.slice(index + 1).flatMap((other) => {
      const shared = [...first.byBlock.keys()].filter((block) => other.byBlock.has(block));
      if (shared.length === 0) return [];
      const of = (from: ReadonlyMap<number, Value>): Value[] => shared.map((block) => from.get(block) as Value);
      const pairs = { a: of(first.byBlock), b: of(other.byBlock) };
      const between = { a: first.name, b: other.name, pairs: shared.length };
      return [{ ...what, ...between, difference: (level) => difference(pairs, level) }];
    }),
  );
}

function differenceOfFigures({ a, b }: Paired<number>, level: number): Difference {
  return pairedDifference(
    a.map((value, block) => [value, b[block] as number] as const),
    level,
  );
}
