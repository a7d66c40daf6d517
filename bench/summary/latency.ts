import { latency, type Sample, succeeded } from '../load/index.ts';
import {
  type Blocks,
  type Estimate,
  meanOverBlocks,
  quantile,
  quantileOverBlocks,
  samplingUnits,
} from '../stats/index.ts';
import { byBlock, countOutcomes, type Outcomes } from './outcomes.ts';

/** Latency of the requests that succeeded, in milliseconds. */
export interface LatencyFigures extends Outcomes {
  mean: Estimate;
  median: Estimate;
  p95: Estimate;
  p99: Estimate;
  least: number;
  greatest: number;
}

/** The latency figures of one target's samples; undefined when none succeeded. */
export function summariseLatency(samples: readonly Sample[]): LatencyFigures | undefined {
  const values = latencies(samples);
  if (values.length === 0) return undefined;
  const blocks = latencyBlocks(samples);
  return {
    ...countOutcomes(samples),
    mean: meanOverBlocks(blocks),
    median: quantileOverBlocks(blocks, 0.5),
    p95: quantileOverBlocks(blocks, 0.95),
    p99: quantileOverBlocks(blocks, 0.99),
    least: values[0] ?? Number.NaN,
    greatest: values.at(-1) ?? Number.NaN,
  };
}

/** Latencies block by block, for intervals; those of a single block one by one. */
export function latencyBlocks(samples: readonly Sample[]): Blocks {
  return samplingUnits([...latenciesByBlock(samples).values()]);
}

/**
 * The same samples with each of their blocks cut into so many stretches of equal length, by when requests were due, which
 * count as blocks then. Under a load that never pauses requests queue behind each other: taken one by one they would
 * claim to know more than they do.
 */
export function inStretches(samples: readonly Sample[], count: number): Sample[] {
  return [...byBlock(samples).values()].flatMap((own, index) => {
    const due = own.map(({ intended }) => intended);
    const first = due.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
    const length = due.reduce((most, at) => Math.max(most, at), first) - first;
    const stretchOf = (at: number): number =>
      length === 0 ? 0 : Math.min(count - 1, Math.floor(((at - first) / length) * count));
    return own.map((sample) => ({ ...sample, block: index * count + stretchOf(sample.intended) }));
  });
}

/** Latencies of each block's successes, sorted upwards, by block number; blocks without any are not there. */
export function latenciesByBlock(samples: readonly Sample[]): Map<number, number[]> {
  return new Map(
    [...byBlock(samples)].flatMap(([block, list]) => {
      const values = latencies(list);
      return values.length === 0 ? [] : [[block, values] as const];
    }),
  );
}

/** Median latency of each block, by block number. */
export function medianByBlock(samples: readonly Sample[]): Map<number, number> {
  return new Map([...latenciesByBlock(samples)].map(([block, values]) => [block, quantile(values, 0.5)]));
}

/** Milliseconds of the requests that succeeded, sorted upwards. */
export function latencies(samples: readonly Sample[]): number[] {
  return samples
    .filter(succeeded)
    .map(latency)
    .sort((a, b) => a - b);
}
