import { z } from 'zod';
import { type Arrivals, arrivalsSchema } from '../load/index.ts';
import { objectiveSchema } from '../objective/index.ts';

const count = z.int().positive();
const seconds = z.number().positive();
const pause = z.number().nonnegative();
const rate = z.number().positive();

/** How much of each scenario is run. */
export const settingsSchema = z.object({
  /** Milliseconds after which a request counts as timed out; a cold start has its own. */
  timeoutMs: count,
  /** What capacity and burst ask of a target. */
  objective: objectiveSchema,
  /** Seconds without requests in which targets are watched, before anything is measured. */
  idle: z.object({ seconds }),
  latency: z.object({
    /** Requests to each target in all, sent one after the other in this many blocks. */
    requests: count,
    blocks: count,
    /** Requests before each block that are thrown away. */
    warmup: z.int().nonnegative(),
  }),
  throughput: z.object({
    connections: count,
    /** The window of each target in all, cut into this many blocks. */
    seconds,
    blocks: count,
    /** Seconds before each block that are thrown away. */
    warmupSeconds: pause,
  }),
  capacity: z.object({
    /** Requests of one probe at least; more where the objective's limit and the resolution ask for a longer one. */
    requests: count,
    /** Seconds after which a probe of a slow target ends with fewer requests than that. */
    longest: seconds,
    /** The share by which each rate that is tried exceeds the one before: 0.05 for 5 %. */
    resolution: z.number().min(0.01).max(1),
    /** Probes of the found rate that must all keep the objective. */
    confirmations: count,
    /** Probes of each target at most. */
    probes: count,
    /** Requests a second that are never exceeded. */
    maxRate: rate,
    /** Requests to each target, one after the other, by which the first rate is chosen; they are thrown away. */
    warmup: count,
  }),
  'cold-start': z.object({ trials: count, timeoutMs: count }),
  autoscaling: z.object({
    /** Requests a second while there is load. */
    rate,
    seconds,
    /** Load of another shape, instead of that rate. */
    arrivals: arrivalsSchema.optional(),
    /** Seconds without load afterwards, in which replicas should go. */
    quietSeconds: pause,
  }),
  burst: z.object({
    /** The usual rate, in requests a second, and how many times as many come in the burst. */
    rate,
    factor: rate,
    seconds,
    /** Seconds without load before each burst. */
    idleSeconds: pause,
    /** The objective holds again from when it is kept in every window of so many seconds. */
    windowSeconds: seconds,
    /** Bursts from one replica, and as many from zero where a target can go there. */
    trials: count,
  }),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Settings as run.json has them: runs of before there were capacity and burst say nothing of them. */
export const recordedSettingsSchema = settingsSchema.partial({ objective: true, capacity: true, burst: true });

const objective = { quantile: 0.95, latencyMs: 200, errorShare: 0.01 };

/**
 * `quick` is for a look and for CI; `paper` is the size of the report that this project goes back to, and more: its
 * latency blocks are enough to show a difference of 5 % (docs/statistics.md).
 */
export const profiles = {
  quick: {
    timeoutMs: 10_000,
    objective,
    idle: { seconds: 3 },
    latency: { requests: 150, blocks: 10, warmup: 3 },
    throughput: { connections: 8, seconds: 10, blocks: 5, warmupSeconds: 0.5 },
    capacity: { requests: 100, longest: 15, resolution: 0.1, confirmations: 2, probes: 16, maxRate: 2000, warmup: 20 },
    'cold-start': { trials: 6, timeoutMs: 60_000 },
    autoscaling: { rate: 20, seconds: 13, quietSeconds: 4 },
    burst: { rate: 20, factor: 3, seconds: 10, idleSeconds: 2, windowSeconds: 1, trials: 1 },
  },
  paper: {
    timeoutMs: 10_000,
    objective,
    idle: { seconds: 30 },
    latency: { requests: 600, blocks: 40, warmup: 3 },
    throughput: { connections: 8, seconds: 120, blocks: 12, warmupSeconds: 1 },
    capacity: { requests: 500, longest: 60, resolution: 0.05, confirmations: 3, probes: 40, maxRate: 5000, warmup: 50 },
    'cold-start': { trials: 30, timeoutMs: 120_000 },
    autoscaling: { rate: 20, seconds: 180, quietSeconds: 60 },
    burst: { rate: 20, factor: 3, seconds: 60, idleSeconds: 30, windowSeconds: 5, trials: 3 },
  },
} as const satisfies Record<string, Settings>;

export type Profile = keyof typeof profiles;

/** The load of the autoscaling scenario. */
export function loadOf({ autoscaling }: Pick<Settings, 'autoscaling'>): Arrivals {
  const { arrivals, rate, seconds } = autoscaling;
  return arrivals ?? { kind: 'constant', rate, seconds };
}

/** A profile for targets that take the load of scaling from elsewhere, as those of a stack do: the burst is of it. */
export function withLoad(settings: Settings, load: Settings['autoscaling']): Settings {
  const { rate, seconds } = load;
  return { ...settings, autoscaling: load, burst: { ...settings.burst, rate, seconds } };
}
