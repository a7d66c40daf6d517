import { z } from 'zod';
import { type Arrivals, arrivalsSchema } from '../load/index.ts';
import { objectiveSchema } from '../objective/index.ts';

const count = z.int().positive();
const seconds = z.number().positive();
const pause = z.number().nonnegative();
const rate = z.number().positive();

/** How much of each scenario is run. */
export const settingsSchema = z.object({
  timeoutMs: count.describe('Milliseconds after which a request counts as timed out; a cold start has its own.'),
  objective: objectiveSchema.describe('What capacity and burst ask of a target.'),
  /** Seconds without requests in which targets are watched, before anything is measured. */
  idle: z.object({ seconds }),
  latency: z.object({
    requests: count.describe('Requests to each target in all, sent one after the other in this many blocks.'),
    blocks: count.describe('Blocks that the requests are sent in, in turns with other targets.'),
    warmup: z.int().nonnegative().describe('Requests before each block that are thrown away.'),
  }),
  throughput: z.object({
    connections: count.describe('Connections, each of which sends its next request when it has an answer.'),
    seconds: seconds.describe('The window of each target in all.'),
    blocks: count.describe('Blocks that the window is cut into, in turns with other targets.'),
    warmupSeconds: pause.describe('Seconds before each block that are thrown away.'),
  }),
  capacity: z.object({
    requests: count.describe(
      'Requests of one probe at least; more where the objective’s limit and the resolution ask for a longer one.',
    ),
    longest: seconds.describe('Seconds after which a probe of a slow target ends with fewer requests than that.'),
    resolution: z
      .number()
      .min(0.01)
      .max(1)
      .describe('The share by which each rate that is tried exceeds the one before: 0.05 for 5 %.'),
    confirmations: count.describe('Probes of the found rate that must all keep the objective.'),
    probes: count.describe('Probes of each target at most.'),
    maxRate: rate.describe('Requests a second that are never exceeded.'),
    warmup: count.describe(
      'Requests to each target, one after the other, by which the first rate is chosen; they are thrown away.',
    ),
  }),
  'cold-start': z.object({
    trials: count.describe('Starts of each target that can go to zero.'),
    timeoutMs: count.describe('Milliseconds that a first answer may take.'),
  }),
  autoscaling: z.object({
    rate: rate.describe('Requests a second while there is load.'),
    seconds: seconds.describe('How long there is load.'),
    arrivals: arrivalsSchema.optional().describe('Load of another shape, instead of that rate.'),
    quietSeconds: pause.describe('Seconds without load afterwards, in which replicas should go.'),
  }),
  burst: z.object({
    rate: rate.describe('The usual rate, in requests a second.'),
    factor: rate.describe('How many times as many come in the burst.'),
    seconds: seconds.describe('How long the burst lasts.'),
    idleSeconds: pause.describe('Seconds without load before each burst.'),
    windowSeconds: seconds.describe(
      'The objective holds again from when it is kept in every window of so many seconds.',
    ),
    trials: count.describe('Bursts from one replica, and as many from zero where a target can go there.'),
  }),
  'base-burst': z.object({
    rate: z
      .union([rate, z.literal('measured')])
      .describe('The steady rate in requests a second, or `measured`: half of what capacity has found of one server.'),
    factor: rate.describe('How many times as many come in the burst.'),
    beforeSeconds: seconds.describe('How long the steady rate lasts before the burst.'),
    burstSeconds: seconds.describe('How long the burst lasts.'),
    afterSeconds: seconds.describe('How long the steady rate lasts afterwards.'),
    trials: count.describe('Bursts on each target.'),
  }),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Settings as run.json has them: runs of before there were capacity and bursts say nothing of them. */
export const recordedSettingsSchema = settingsSchema.partial({
  objective: true,
  capacity: true,
  burst: true,
  'base-burst': true,
});

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
    'base-burst': { rate: 'measured', factor: 4, beforeSeconds: 4, burstSeconds: 10, afterSeconds: 6, trials: 1 },
  },
  paper: {
    timeoutMs: 10_000,
    objective,
    idle: { seconds: 30 },
    latency: { requests: 600, blocks: 40, warmup: 3 },
    throughput: { connections: 8, seconds: 120, blocks: 24, warmupSeconds: 1 },
    capacity: { requests: 500, longest: 60, resolution: 0.05, confirmations: 3, probes: 40, maxRate: 5000, warmup: 50 },
    'cold-start': { trials: 30, timeoutMs: 120_000 },
    autoscaling: { rate: 20, seconds: 180, quietSeconds: 60 },
    burst: { rate: 20, factor: 3, seconds: 60, idleSeconds: 30, windowSeconds: 5, trials: 3 },
    'base-burst': { rate: 'measured', factor: 4, beforeSeconds: 30, burstSeconds: 60, afterSeconds: 60, trials: 3 },
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
