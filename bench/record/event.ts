import { z } from 'zod';
import { partSchema } from './part.ts';

const time = z.number().nonnegative();
const edge = z.enum(['start', 'end']);
const underway = z.object({ requests: z.int().nonnegative(), oldestMs: z.number().nonnegative() });
const of = { time, scenario: z.string(), target: z.string() };

/** What happened beside the requests: a line of events.jsonl. Times are milliseconds since 1970. */
export const eventSchema = z.discriminatedUnion('kind', [
  /** A photo sent once before measuring, and what the target made of it. */
  z.object({
    kind: z.literal('answer'),
    time,
    target: z.string(),
    photo: z.string(),
    /** Which replica answered; absent in older runs. */
    replica: z.string().optional(),
    loading: z.number().nonnegative().optional(),
    status: z.int().optional(),
    error: z.string().optional(),
    label: z.string().optional(),
    probability: z.number().optional(),
    model: z.string().optional(),
    backend: z.string().optional(),
    weights: z.string().optional(),
  }),
  /** A block of requests began to be measured (its warm-up over), or ended. */
  z.object({
    kind: z.literal('block'),
    ...of,
    block: z.int().nonnegative(),
    edge,
    /** At the end of a timed one: requests that had no answer yet, and for how long the oldest; absent in older runs. */
    underway: underway.optional(),
  }),
  /** The load of a scenario began or ended; replicas are watched beyond it. A burst has a number, and began from replicas. */
  z.object({
    kind: z.literal('load'),
    ...of,
    edge,
    block: z.int().nonnegative().optional(),
    from: z.int().nonnegative().optional(),
    /** The steady rate of a burst on a base, in requests a second. */
    rate: z.number().positive().optional(),
  }),
  /** A probe of the search for capacity came to its end: its block, its rate in requests a second, and its length. */
  z.object({
    kind: z.literal('probe'),
    ...of,
    block: z.int().nonnegative(),
    rate: z.number().positive(),
    seconds: z.number().positive(),
    /** Ended early, as most of its requests had failed or been late. */
    givenUp: z.boolean(),
    /** What had no answer then; absent in older runs. */
    underway: underway.optional(),
  }),
  z.object({ kind: z.literal('replicas'), ...of, ready: z.number(), desired: z.number() }),
  /** From then on, a hybrid gave each server of its base so many requests at once; others overflowed. */
  z.object({ kind: z.literal('overflow'), ...of, inFlight: z.int().positive() }),
  /** Read at the start or the end of a scenario, after a block of it or a stretch of the idle time, or at zero replicas. */
  z.object({
    kind: z.literal('resources'),
    ...of,
    edge: edge.optional(),
    /** Absent in older runs. */
    block: z.int().nonnegative().optional(),
    /** At the end and after a block: requests answered since the start, those of the warm-up included. */
    answered: z.int().nonnegative().optional(),
    parts: z.array(partSchema),
  }),
  /** So long after it was asked to, a target had no replica left for the trial of a cold start; absent in older runs. */
  z.object({ kind: z.literal('zero'), ...of, block: z.int().nonnegative(), waitedMs: z.number().nonnegative() }),
  /** What the platform did before the replica of a cold start could run, where it tells: see StartSteps of a target. */
  z.object({
    kind: z.literal('start'),
    ...of,
    block: z.int().nonnegative(),
    created: time.optional(),
    scheduled: time.optional(),
    pulled: time.optional(),
  }),
  /** How busy the client itself, and the machine that it ran on, was during a scenario. Shares are of its time. */
  z.object({
    kind: z.literal('client'),
    time,
    scenario: z.string(),
    target: z.literal('*'),
    /** CPU of the client with all its threads, of one core. */
    cpuShare: z.number(),
    /** Of the time, its event loop was busy; absent in older runs. */
    loopShare: z.number().optional(),
    /** How late its event loop ran. */
    loopDelayP99Ms: z.number(),
    /** CPU of everything on the machine, of all cores; absent, as the next two, where the system does not tell. */
    machineShare: z.number().optional(),
    /** CPU taken by other virtual machines, of all cores. */
    stolenShare: z.number().optional(),
    /** Of the time, the client was held back by its control group's CPU limit. */
    throttledShare: z.number().optional(),
  }),
  /** How late the generator of an open loop sent its requests, in milliseconds from when they were intended. */
  z.object({
    kind: z.literal('lateness'),
    ...of,
    block: z.int().nonnegative().optional(),
    requests: z.int().nonnegative(),
    p50Ms: z.number(),
    p99Ms: z.number(),
    maxMs: z.number(),
  }),
  /** Something that the reader of the report must know, in a sentence. */
  z.object({ kind: z.literal('note'), ...of, text: z.string() }),
]);

export type RunEvent = z.infer<typeof eventSchema>;
