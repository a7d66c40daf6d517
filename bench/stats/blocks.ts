import { betweenRanks, type Estimate, quantile, quantileRanks, type Ranks, studentT, unbounded } from './interval.ts';
import { shareEstimate } from './proportion.ts';

/**
 * Values of each block. Those of one block hang together (the machine was in the same state), those of different blocks
 * are taken for independent; a value that hangs together with no other is a block of its own.
 */
export type Blocks = readonly (readonly number[])[];

/**
 * What an interval takes for independent: the blocks, or where there is one alone, which tells nothing of how what is in
 * it hangs together, each thing in it.
 */
export function samplingUnits<Thing>(blocks: readonly (readonly Thing[])[]): readonly (readonly Thing[])[] {
  return blocks.length === 1 ? blocks.flat().map((thing) => [thing]) : blocks;
}

/**
 * The mean of all values with Student's t interval over the blocks: the block is the unit, as in a cluster sample
 * (Cochran, Sampling Techniques, 9A). For blocks of one size it is the interval of the blocks' means. Infinite for a
 * single block.
 */
export function meanOverBlocks(blocks: Blocks): Estimate {
  return ratioOverBlocks(blocks.map((values) => ({ sum: values.reduce((a, b) => a + b, 0), count: values.length })));
}

/** As `meanOverBlocks`, where of each block only the sum of its values is known, and how many they are. */
export function ratioOverBlocks(blocks: readonly { sum: number; count: number }[]): Estimate {
  const value = total(blocks, 'sum') / total(blocks, 'count');
  if (blocks.length < 2) return { value, ...unbounded };
  const half = studentT(blocks.length - 1) * clusterError(blocks);
  return { value, low: value - half, high: value + half };
}

/**
 * The share of trials with an event, of which each block tells how many (`sum`) of its trials (`count`). Events come in
 * clusters: from the lower to the higher bound of the exact interval, which takes trials for independent, and of
 * Student's t over the blocks. Where each block is one trial, the exact one alone. Infinite for a single trial.
 */
export function shareOverBlocks(blocks: readonly { sum: number; count: number }[]): Estimate {
  const exact = shareEstimate(total(blocks, 'sum'), total(blocks, 'count'));
  if (total(blocks, 'count') < 2) return { ...exact, ...unbounded };
  if (blocks.length < 2 || blocks.every(({ count }) => count === 1)) return exact;
  const { low, high } = ratioOverBlocks(blocks);
  // No share is below none or above all, whatever Student's t of a mean says.
  return { ...exact, low: Math.min(exact.low, Math.max(0, low)), high: Math.max(exact.high, Math.min(1, high)) };
}

/**
 * The p-quantile of all values, between two order statistics chosen as if there were only as many values as the blocks
 * are worth: the effective sample size of Korn and Graubard (Survey Methodology 24, 1998, 193-201). Assumes no
 * distribution; without dependence inside blocks it is the interval of `quantileEstimate`, or a little wider. Infinite
 * for a single block, and to a side that too few values bound.
 */
export function quantileOverBlocks(blocks: Blocks, p: number): Estimate {
  const sorted = blocks.flat().sort((a, b) => a - b);
  const value = quantile(sorted, p);
  if (blocks.length < 2) return { value, ...unbounded };
  const effective = effectiveSize(blocks, value);
  return { value, ...betweenRanks(sorted, stretch(quantileRanks(effective, p), effective, sorted.length)) };
}

/** How many independent values say as much of the share below a limit as the values of these blocks do; at most all. */
function effectiveSize(blocks: Blocks, limit: number): number {
  const below = blocks.map((values) => ({ sum: values.filter((each) => each <= limit).length, count: values.length }));
  const n = below.reduce((total, { count }) => total + count, 0);
  const share = below.reduce((total, { sum }) => total + sum, 0) / n;
  const independent = (share * (1 - share)) / (n - 1);
  // All values are alike: nothing tells how they depend on each other, but nothing varies either.
  if (independent === 0) return n;
  const fewBlocks = (studentT(n - 1) / studentT(blocks.length - 1)) ** 2;
  const size = (n * fewBlocks * independent) / clusterError(below) ** 2;
  // Up to the rounding of the division.
  return Math.min(n, Math.floor(size + 1e-6));
}

function total(blocks: readonly { sum: number; count: number }[], key: 'sum' | 'count'): number {
  return blocks.reduce((all, block) => all + block[key], 0);
}

/** The standard error of a mean whose blocks have these sums and counts. */
function clusterError(blocks: readonly { sum: number; count: number }[]): number {
  const n = total(blocks, 'count');
  const centre = total(blocks, 'sum') / n;
  const squares = blocks.reduce((total, { sum, count }) => total + (sum - count * centre) ** 2, 0);
  return Math.sqrt((squares * blocks.length) / (blocks.length - 1)) / n;
}

/** Ranks among `from` values as ranks among `to`, outwards to the next whole one; no bound stays no bound. */
function stretch({ low, high }: Ranks, from: number, to: number): Ranks {
  const factor = (to + 1) / (from + 1);
  return { low: Math.floor(low * factor), high: Math.ceil(high * factor) };
}
