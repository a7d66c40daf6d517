import { latency, type Sample, succeeded } from '../load/index.ts';
import { type Objective, type Tally, tally } from '../objective/index.ts';
import type { Manifest, RunEvent } from '../record/index.ts';
import { type Estimate, quantileEstimate, quantileOverBlocks } from '../stats/index.ts';
import type { Point } from './autoscaling.ts';
import { inStretches, latencies, latencyBlocks } from './latency.ts';
import { byBlock } from './outcomes.ts';
import { readyReplicas } from './ready-replicas.ts';

/** The steady load, many times of it, and the steady load again. */
export const phases = ['before', 'burst', 'after'] as const;
export type Phase = (typeof phases)[number];

/** What became of the requests that were due in a phase, over all trials. */
export interface PhaseFigures extends Tally {
  phase: Phase;
  /** Milliseconds, of the successes; absent without any. */
  median?: Estimate;
  p99?: Estimate;
  /** Successes by who served them, where a router tells. */
  servedBy: Record<string, number>;
}

/** What overflowed to the function of a hybrid. */
export interface Overflow {
  /** Successes of all trials that it served. */
  requests: number;
  /** Seconds from the start of the burst to its first answer, by trial. */
  firstAnswerSeconds: number[];
  /** Milliseconds that the requests took which it was given before its first answer: those that waited for its start. */
  firstWaits?: { requests: number; median: Estimate; greatest: number };
  /**
   * Requests sent in the burst before that answer which nobody answered, though they waited for longer than the base took
   * for its slowest; `least` is the shortest of their waits in milliseconds. Absent where there are none.
   */
  gaveUp?: { requests: number; least: number };
}

export interface BaseBurstFigures {
  /** The steady rate in requests a second, and how many times as many came. */
  perSecond: number;
  factor: number;
  trials: number;
  /** Requests a second over all of it. */
  meanRate: number;
  phases: PhaseFigures[];
  overflow?: Overflow;
  /** Ready replicas as a mean over the time of all trials; absent where the target cannot tell. */
  meanReplicas?: number;
  /** Of the first trial, in seconds from its start: successes of each second by who served them, and ready replicas. */
  served: ({ by: string } & Point)[];
  replicas: Point[];
}

/** Each phase of a trial is cut into so many for intervals. */
const stretches = 5;

interface Trial {
  start: number;
  end: number;
  samples: readonly Sample[];
}

/** The name that a router gives to what is beyond its base. */
const overflowName = 'overflow';

/** What a burst on top of a steady load did to one target; undefined when none came to its end. */
export function summariseBaseBurst(
  samples: readonly Sample[],
  events: readonly RunEvent[],
  settings: Manifest['settings'],
): BaseBurstFigures | undefined {
  const { objective, 'base-burst': shape } = settings;
  if (objective === undefined || shape === undefined) return undefined;
  const blocks = byBlock(samples);
  const loads = events.filter((event) => event.kind === 'load');
  const trials = loads.flatMap(({ edge, block = -1, time: start }): Trial[] => {
    const end = loads.find((load) => load.edge === 'end' && load.block === block)?.time;
    return edge === 'end' || end === undefined ? [] : [{ start, end, samples: blocks.get(block) ?? [] }];
  });
  const [first] = trials;
  if (first === undefined) return undefined;
  const burstAt = shape.beforeSeconds * 1000;
  const burstEnd = burstAt + shape.burstSeconds * 1000;
  const phaseOf = ({ start }: Trial, { intended }: Sample): Phase =>
    intended - start < burstAt ? 'before' : intended - start < burstEnd ? 'burst' : 'after';
  const means = trials.flatMap((trial) => meanOf(readyReplicas(events, trial), trial));
  const overflow = overflowOf(trials, burstAt);
  return {
    perSecond: loads[0]?.rate ?? Number.NaN,
    factor: shape.factor,
    trials: trials.length,
    meanRate: trials.reduce((sum, { samples }) => sum + samples.length, 0) / trials.length / patternSeconds(shape),
    phases: phases.map((phase) => {
      const own = trials.flatMap((trial) => trial.samples.filter((sample) => phaseOf(trial, sample) === phase));
      return describePhase(phase, own, objective);
    }),
    ...(overflow === undefined ? {} : { overflow }),
    ...(means.length === 0 ? {} : { meanReplicas: means.reduce((sum, mean) => sum + mean, 0) / means.length }),
    served: servedOf(first),
    replicas: readyReplicas(events, first),
  };
}

function patternSeconds(shape: NonNullable<Manifest['settings']['base-burst']>): number {
  return shape.beforeSeconds + shape.burstSeconds + shape.afterSeconds;
}

function describePhase(phase: Phase, samples: readonly Sample[], objective: Objective): PhaseFigures {
  const blocks = latencyBlocks(inStretches(samples, stretches));
  const servedBy: Record<string, number> = {};
  for (const { servedBy: by } of samples.filter(succeeded))
    if (by !== undefined) servedBy[by] = (servedBy[by] ?? 0) + 1;
  return {
    phase,
    ...tally(samples, objective),
    ...(blocks.length === 0 ? {} : { median: quantileOverBlocks(blocks, 0.5), p99: quantileOverBlocks(blocks, 0.99) }),
    servedBy,
  };
}

/** Of a target whose router tells who answered; undefined where nothing went beyond its base. */
function overflowOf(trials: readonly Trial[], burstAt: number): Overflow | undefined {
  const own = trials.map(({ start, samples }) => {
    const overflowed = samples.filter((sample) => sample.servedBy === overflowName && succeeded(sample));
    const first = overflowed.reduce((least, { answered }) => Math.min(least, answered), Number.POSITIVE_INFINITY);
    const inVain = waitedInVain(samples, { from: start + burstAt, to: first });
    return { start, overflowed, first, inVain };
  });
  const requests = own.reduce((sum, { overflowed }) => sum + overflowed.length, 0);
  const waits = latencies(own.flatMap(({ overflowed, first }) => overflowed.filter(({ sent }) => sent < first)));
  const inVain = own.flatMap((trial) => trial.inVain);
  if (requests === 0 && inVain.length === 0) return undefined;
  return {
    requests,
    firstAnswerSeconds: own.flatMap(({ start, first }) =>
      Number.isFinite(first) ? [(first - start - burstAt) / 1000] : [],
    ),
    ...(waits.length === 0
      ? {}
      : {
          firstWaits: {
            requests: waits.length,
            median: quantileEstimate(waits, 0.5),
            greatest: waits.at(-1) ?? Number.NaN,
          },
        }),
    ...(inVain.length === 0
      ? {}
      : { gaveUp: { requests: inVain.length, least: inVain.reduce((a, b) => Math.min(a, b)) } }),
  };
}

/**
 * Milliseconds that requests waited which were sent in that time and which nobody answered. A router names who answered,
 * not whom it waits for: longer than the base's slowest answer, they had not been given to the base.
 */
function waitedInVain(samples: readonly Sample[], { from, to }: { from: number; to: number }): number[] {
  const ofBase = samples.filter((sample) => succeeded(sample) && ![undefined, overflowName].includes(sample.servedBy));
  if (ofBase.length === 0) return [];
  const slowest = ofBase.reduce((most, sample) => Math.max(most, latency(sample)), 0);
  return samples
    .filter((sample) => sample.servedBy === undefined && !succeeded(sample) && sample.sent >= from && sample.sent < to)
    .map(latency)
    .filter((ms) => ms > slowest);
}

function servedOf({ start, samples }: Trial): BaseBurstFigures['served'] {
  const counts = new Map<string, { by: string } & Point>();
  for (const { servedBy = 'the target', answered } of samples.filter(succeeded)) {
    const seconds = Math.floor((answered - start) / 1000);
    const key = `${servedBy} ${seconds}`;
    const point = counts.get(key) ?? { by: servedBy, seconds, value: 0 };
    point.value += 1;
    counts.set(key, point);
  }
  return [...counts.values()].sort((a, b) => a.seconds - b.seconds);
}

/** The mean over time of what holds from each point to the next. */
function meanOf(points: readonly Point[], { start, end }: Trial): number[] {
  const length = (end - start) / 1000;
  const [first] = points;
  if (first === undefined || length <= first.seconds) return [];
  const area = points.reduce(
    (sum, { seconds, value }, index) => sum + value * ((points[index + 1]?.seconds ?? length) - seconds),
    0,
  );
  return [area / (length - first.seconds)];
}
