import { z } from 'zod';

const count = z.int().positive();
const seconds = z.number().positive();

/** How much of each scenario is run. */
export const settingsSchema = z.object({
  /** Milliseconds after which a request counts as timed out; a cold start has its own. */
  timeoutMs: count,
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
    warmupSeconds: z.number().nonnegative(),
  }),
  'cold-start': z.object({ trials: count, timeoutMs: count }),
  autoscaling: z.object({
    /** Requests a second while there is load. */
    rate: z.number().positive(),
    seconds,
    /** Seconds without load afterwards, in which replicas should go. */
    quietSeconds: z.number().nonnegative(),
  }),
});

export type Settings = z.infer<typeof settingsSchema>;

/** `quick` is for a look and for CI; `paper` is the size of the report that this project goes back to, and more. */
export const profiles = {
  quick: {
    timeoutMs: 10_000,
    idle: { seconds: 3 },
    latency: { requests: 150, blocks: 10, warmup: 3 },
    throughput: { connections: 8, seconds: 10, blocks: 5, warmupSeconds: 0.5 },
    'cold-start': { trials: 6, timeoutMs: 60_000 },
    autoscaling: { rate: 20, seconds: 13, quietSeconds: 4 },
  },
  paper: {
    timeoutMs: 10_000,
    idle: { seconds: 30 },
    latency: { requests: 150, blocks: 15, warmup: 5 },
    throughput: { connections: 8, seconds: 120, blocks: 12, warmupSeconds: 1 },
    'cold-start': { trials: 30, timeoutMs: 120_000 },
    autoscaling: { rate: 20, seconds: 180, quietSeconds: 60 },
  },
} as const satisfies Record<string, Settings>;

export type Profile = keyof typeof profiles;
