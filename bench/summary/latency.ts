import { latency, type Sample, succeeded } from '../load/index.ts';
import { type Estimate, meanEstimate, quantile, quantileEstimate } from '../stats/index.ts';
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
  return {
    ...countOutcomes(samples),
    mean: meanEstimate(values),
    median: quantileEstimate(values, 0.5),
    p95: quantileEstimate(values, 0.95),
    p99: quantileEstimate(values, 0.99),
    least: values[0] ?? Number.NaN,
    greatest: values.at(-1) ?? Number.NaN,
  };
}

/** Median latency of each block, by block number. */
export function medianByBlock(samples: readonly Sample[]): Map<number, number> {
  return new Map(
    [...byBlock(samples)].flatMap(([block, list]) => {
      const values = latencies(list);
      return values.length === 0 ? [] : [[block, quantile(values, 0.5)] as const];
    }),
  );
}

/** Milliseconds of the requests that succeeded, sorted upwards. */
export function latencies(samples: readonly Sample[]): number[] {
  return samples
    .filter(succeeded)
    .map(latency)
    .sort((a, b) => a - b);
}
