import type { Sample } from '../load/index.ts';
import { formatObjective, keepsObjective, type Objective, type Tally, tally } from '../objective/index.ts';
import type { Manifest, RunEvent } from '../record/index.ts';
import { type Estimate, meanEstimate, quantile, quantileEstimate } from '../stats/index.ts';
import type { Point } from './autoscaling.ts';
import { latencies } from './latency.ts';
import { byBlock } from './outcomes.ts';
import { readyReplicas } from './ready-replicas.ts';

/** One burst. Seconds count from when it began. */
export interface BurstTrial extends Tally {
  /** Replicas that were ready before it. */
  from: number;
  /** From then on every window keeps the objective; absent when the last one of the burst does not. */
  holdsAfterSeconds?: number;
  /** Milliseconds at the objective's quantile of the successes, in each window by its start. */
  latency: Point[];
  /** Ready replicas as they were read, from the last reading before the burst. */
  replicas: Point[];
  peakReplicas?: number;
}

/** All bursts of a target that began from as many replicas. */
export interface BurstStart {
  from: number;
  trials: number;
  /** Trials in which the objective held again before the burst was over. */
  recovered: number;
  /** Seconds until it held again, at the median of all trials; absent where that is one that did not recover. */
  holdsAfterSeconds?: Estimate;
  /** Shares of requests: the mean over trials. */
  lateShare: Estimate;
  failedShare: Estimate;
}

export interface BurstFigures {
  /** The objective, as a person reads it. */
  objective: string;
  /** Requests a second in a burst. */
  perSecond: number;
  /** Most replicas first. */
  starts: BurstStart[];
  trials: BurstTrial[];
}

/** A window begins after each so many of its lengths. */
const overlap = 0.1;

/** What bursts did to one target; undefined when none came to its end. */
export function summariseBurst(
  samples: readonly Sample[],
  events: readonly RunEvent[],
  { objective, burst }: Manifest['settings'],
): BurstFigures | undefined {
  if (objective === undefined || burst === undefined) return undefined;
  const blocks = byBlock(samples);
  const loads = events.filter((event) => event.kind === 'load');
  const trials = loads.flatMap(({ edge, block, from, time: start }): BurstTrial[] => {
    const end = loads.find((load) => load.edge === 'end' && load.block === block)?.time;
    if (edge === 'end' || block === undefined || from === undefined || end === undefined) return [];
    // Random arrivals at a low rate may not come at all.
    if (!blocks.has(block)) return [];
    const replicas = readyReplicas(events, { start, end });
    return [
      {
        from,
        ...describe(blocks.get(block) ?? [], start, objective, burst),
        replicas,
        ...(replicas.length > 0 && { peakReplicas: Math.max(...replicas.map(({ value }) => value)) }),
      },
    ];
  });
  if (trials.length === 0) return undefined;
  const starts = [...new Set(trials.map(({ from }) => from))].sort((a, b) => b - a);
  return {
    objective: formatObjective(objective),
    perSecond: burst.rate * burst.factor,
    starts: starts.map((from) =>
      summariseStart(
        from,
        trials.filter((trial) => trial.from === from),
      ),
    ),
    trials,
  };
}

function summariseStart(from: number, trials: readonly BurstTrial[]): BurstStart {
  const after = trials.map(({ holdsAfterSeconds = Number.POSITIVE_INFINITY }) => holdsAfterSeconds);
  const median = quantileEstimate(after, 0.5);
  return {
    from,
    trials: trials.length,
    recovered: after.filter(Number.isFinite).length,
    ...(Number.isFinite(median.value) ? { holdsAfterSeconds: median } : {}),
    lateShare: meanShare(trials.map(({ late, attempts }) => late / attempts)),
    failedShare: meanShare(trials.map(({ failed, attempts }) => failed / attempts)),
  };
}

/** No share is below none or above all, whatever the interval of a mean of so few says. */
function meanShare(shares: readonly number[]): Estimate {
  const { value, low, high } = meanEstimate(shares);
  // Infinite bounds say that nothing is known.
  return Number.isFinite(low) ? { value, low: Math.max(0, low), high: Math.min(1, high) } : { value, low, high };
}

type Described = Tally & Pick<BurstTrial, 'holdsAfterSeconds' | 'latency'>;

function describe(
  samples: readonly Sample[],
  start: number,
  objective: Objective,
  { seconds, windowSeconds }: NonNullable<Manifest['settings']['burst']>,
): Described {
  const step = windowSeconds * overlap;
  const count = Math.max(1, Math.floor((seconds - windowSeconds) / step + 1e-9) + 1);
  const windows = Array.from({ length: count }, (_, index) => {
    const begin = start + index * step * 1000;
    const own = samples.filter(({ intended }) => intended >= begin && intended < begin + windowSeconds * 1000);
    return { seconds: index * step, own };
  }).filter(({ own }) => own.length > 0);
  const lastBroken = windows.findLastIndex(({ own }) => !keepsObjective(tally(own, objective), objective));
  const holds = windows[lastBroken + 1];
  return {
    ...tally(samples, objective),
    ...(holds === undefined ? {} : { holdsAfterSeconds: lastBroken < 0 ? 0 : holds.seconds }),
    latency: windows.flatMap(({ seconds, own }) => {
      const values = latencies(own);
      return values.length === 0 ? [] : [{ seconds, value: quantile(values, objective.quantile) }];
    }),
  };
}
