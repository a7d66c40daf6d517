import { latency, type Sample, succeeded } from '../load/index.ts';
import { type Estimate, quantileEstimate } from '../stats/index.ts';
import { latencies } from './latency.ts';
import { countOutcomes, type Outcomes } from './outcomes.ts';

/** The parts of one cold start, in milliseconds; they add up to the latency of the first answer. */
export interface ColdStartTrial {
  trial: number;
  /** From the request to a replica whose program runs: the platform's reaction, the process, its runtime and imports. */
  start: number;
  /** Loading the model and warming it. */
  load: number;
  /** From a ready replica to the answer. */
  firstAnswer: number;
}

export interface ColdStartFigures extends Outcomes {
  /** Milliseconds from the request to its answer. */
  median: Estimate;
  least: number;
  greatest: number;
  /** Trials answered by a replica that had been there before: no cold starts, and not in the figures. */
  warm: number;
  /** Trials whose replica said when it began to load and was ready; others have a total only. */
  trials: ColdStartTrial[];
}

/** The cold starts of one target; undefined when no trial succeeded. */
export function summariseColdStarts(samples: readonly Sample[]): ColdStartFigures | undefined {
  const cold = samples.filter((sample) => !wasWarm(sample));
  const values = latencies(cold);
  if (values.length === 0) return undefined;
  return {
    ...countOutcomes(samples),
    median: quantileEstimate(values, 0.5),
    least: values[0] ?? Number.NaN,
    greatest: values.at(-1) ?? Number.NaN,
    warm: samples.length - cold.length,
    trials: cold.filter(succeeded).flatMap(splitTrial),
  };
}

/** By the replica's own clock, which is ours where both are on one machine. */
export function wasWarm({ loading, sent }: Sample): boolean {
  return loading !== undefined && loading < sent;
}

function splitTrial(sample: Sample): ColdStartTrial[] {
  const { loading, ready, sent, answered } = sample;
  if (loading === undefined || ready === undefined) return [];
  // A clock that differs from ours splits nothing.
  if (ready < loading || answered < ready) return [];
  const start = loading - sent;
  const load = ready - loading;
  return [{ trial: sample.block, start, load, firstAnswer: latency(sample) - start - load }];
}
