import {
  type Blocks,
  bootstrapDifference,
  type Estimate,
  meanOverBlocks,
  quantile,
  quantileEstimate,
  quantileOfBlocks,
  quantileOverBlocks,
  seeded,
  shareEstimate,
  shareOverBlocks,
} from '../../bench/stats/index.ts';
import { interleaved, type Machine, start } from './simulated.ts';

/** The requests that a trial sends. */
export interface Shape {
  blocks: number;
  requests: number;
  /** Before each block. */
  warmup: number;
}

/** In how many of 100 trials an interval of the p-quantile held what it is on that machine in the long run. */
export function quantileCoverage(
  machine: Machine,
  shape: Shape,
  p: number,
  trials: number,
): Record<'blocks' | 'independent', number> {
  const serve = start(machine, seeded(1));
  const truth = quantile([...Float64Array.from({ length: 500_000 }, () => serve()).sort()], p);
  const runs = trialsOf(machine, shape, trials).map(([times]) => times);
  return {
    blocks: held(runs, truth, (times) => quantileOverBlocks(times, p)),
    independent: held(runs, truth, (times) => quantileEstimate(times.flat(), p)),
  };
}

/** The same of the mean. */
export function meanCoverage(machine: Machine, shape: Shape, trials: number): number {
  const { usual, noise, drift, tail } = machine;
  const stall = 1 - tail.share + (tail.share * tail.exponent) / (tail.exponent - 1);
  const truth = usual * stall * Math.exp((noise ** 2 + drift.size ** 2) / 2);
  const runs = trialsOf(machine, shape, trials).map(([times]) => times);
  return held(runs, truth, meanOverBlocks);
}

/** In how many of 100 trials the bootstrap over pairs of blocks shows a difference in the p-quantile where there is none. */
export function bootstrapAlarms(machine: Machine, shape: Shape, p: number, trials: number): number {
  const shown = trialsOf(machine, shape, trials).filter(
    ([a, b]) => bootstrapDifference(quantileOfBlocks(a, p), quantileOfBlocks(b, p)).higher !== 'none shown',
  );
  return (100 * shown.length) / trials;
}

/** Failures that come in clusters, as when a replica is started again: so often in a block, failing so much of it. */
const restart = { perBlock: 0.1, fails: 0.2 };

/**
 * In how many of 100 trials the lower bound of the share of requests that failed was above the true share: a check
 * beyond noise, on no more than what is true, breaks.
 */
export function failureAlarms(
  { blocks, requests }: Pick<Shape, 'blocks' | 'requests'>,
  trials: number,
): Record<'blocks' | 'independent', number> {
  const random = seeded(3);
  const truth = restart.perBlock * restart.fails;
  const runs = Array.from({ length: trials }, () =>
    Array.from({ length: blocks }, () => {
      const restarted = random(1, 1000) <= 1000 * restart.perBlock;
      return { sum: restarted ? restart.fails * requests : 0, count: requests };
    }),
  );
  const alarms = (interval: (run: { sum: number; count: number }[]) => Estimate): number =>
    (100 * runs.filter((run) => interval(run).low > truth).length) / trials;
  return {
    blocks: alarms(shareOverBlocks),
    independent: alarms((run) =>
      shareEstimate(
        run.reduce((failed, { sum }) => failed + sum, 0),
        blocks * requests,
      ),
    ),
  };
}

/** Two targets on one machine that are alike, so many times. */
function trialsOf(machine: Machine, shape: Shape, trials: number): [a: Blocks, b: Blocks][] {
  const random = seeded(2);
  return Array.from({ length: trials }, () => {
    const [a = [], b = []] = interleaved(start(machine, random), { ...shape, slowness: [1, 1] }, random);
    return [a, b];
  });
}

function held(runs: readonly Blocks[], truth: number, interval: (times: Blocks) => Estimate): number {
  const holding = runs.map(interval).filter(({ low, high }) => low <= truth && truth <= high);
  return (100 * holding.length) / runs.length;
}
