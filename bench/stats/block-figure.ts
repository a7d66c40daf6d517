import { quantile } from './interval.ts';

/** A figure of several blocks that can be had again with each block counted as often as its weight says. */
export interface BlockFigure {
  blocks: number;
  /** `weights` has a whole number for each block, in their order. */
  of(weights: readonly number[]): number;
  /** How far the figure may be off by an error that all blocks share: half of a 95 % interval. Absent for none. */
  sharedError?: number;
}

/** The p-quantile of all values of the blocks, as `quantile` has it. */
export function quantileOfBlocks(blocks: readonly (readonly number[])[], p: number): BlockFigure {
  // From the greatest value down: quantiles asked for are high ones, so the walk is short.
  const falling = blocks
    .flatMap((values, block) => values.map((value) => ({ value, block })))
    .sort((a, b) => b.value - a.value);
  const blockOf = Uint32Array.from(falling, ({ block }) => block);
  return {
    blocks: blocks.length,
    of(weights) {
      const count = blocks.reduce((sum, values, block) => sum + values.length * (weights[block] ?? 0), 0);
      const position = (count - 1) * p;
      const above = count - 1 - Math.ceil(position);
      const below = count - 1 - Math.floor(position);
      let passed = 0;
      let index = -1;
      const walkTo = (rank: number): number => {
        while (passed <= rank && index < blockOf.length - 1) {
          index += 1;
          passed += weights[blockOf[index] ?? 0] ?? 0;
        }
        return falling[index]?.value ?? Number.NaN;
      };
      const upper = walkTo(above);
      return quantile([walkTo(below), upper], position - Math.floor(position));
    },
  };
}

/** The sum of the blocks' amounts over that of their counts: a mean, a share, a rate. */
export function ratioOfBlocks(blocks: readonly { amount: number; count: number }[]): BlockFigure {
  return {
    blocks: blocks.length,
    of(weights) {
      const sum = (key: 'amount' | 'count') =>
        blocks.reduce((total, block, index) => total + block[key] * (weights[index] ?? 0), 0);
      return sum('amount') / sum('count');
    },
  };
}
