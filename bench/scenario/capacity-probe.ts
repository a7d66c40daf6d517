import { latency, now, type Photo, runClosedLoop, runOpenLoop, type Sample, succeeded } from '../load/index.ts';
import { tally } from '../objective/index.ts';
import { type Probe, probeOf } from '../search/index.ts';
import type { Random } from '../stats/index.ts';
import { addressOf, type Target } from '../target/index.ts';
import type { Context } from './scenario.ts';

/** One probe of the search for capacity: requests at random, at one mean rate a second. */
export interface ProbeOptions {
  target: Target;
  block: number;
  rate: number;
  photos: readonly Photo[];
}

/** Sends one probe. It is given up once most of its requests have failed or been late: more would teach nothing. */
export async function probe(context: Context, { target, block, rate, photos }: ProbeOptions): Promise<Probe> {
  const { objective, timeoutMs } = context.settings;
  const of = { scenario: 'capacity', target: target.name, block };
  const requests = requestsAt(rate, context.settings);
  const seconds = requests / rate;
  const hopeless = new AbortController();
  const samples: Sample[] = [];
  let bad = 0;
  const { underway } = await runOpenLoop({
    ...addressOf(target),
    photos,
    arrivals: { kind: 'recorded', times: atRandom(requests, seconds, context.random) },
    timeoutMs,
    signal: AbortSignal.any([context.signal, hopeless.signal]),
    onSample: (measured) => {
      const sample = { ...of, ...measured };
      samples.push(sample);
      context.sample(sample);
      bad += 1 - tally([sample], objective).good;
      if (bad > requests / 2) hopeless.abort();
    },
  });
  const givenUp = hopeless.signal.aborted;
  // A probe without its end was stopped, and shows nothing.
  if (!context.signal.aborted) {
    context.event({ kind: 'probe', time: now(), ...of, rate, seconds, givenUp, underway });
  }
  return probeOf(samples, givenUp, objective);
}

/**
 * How many requests a probe needs. One step above what a target can do, its queue grows by the resolution in every
 * second, and so does the wait: it takes limit / resolution until the wait is past the limit, and that must come before
 * the quantile's share of the probe is over. Beyond that, a slow target gets no more than fit into the longest probe.
 */
function requestsAt(rate: number, { objective, capacity }: Context['settings']): number {
  const seconds = objective.latencyMs / 1000 / capacity.resolution / objective.quantile;
  return Math.ceil(Math.max(Math.min(capacity.requests, capacity.longest * rate), seconds * rate));
}

/**
 * Times of arrivals that know nothing of each other, in milliseconds: a Poisson process whose count is given, so that
 * the rate is the one asked for, where a count by chance would differ by more than the resolution.
 */
function atRandom(requests: number, seconds: number, random: Random): number[] {
  const fine = 2 ** 30;
  return Array.from({ length: requests }, () => (random(0, fine - 1) / fine) * seconds * 1000).sort((a, b) => a - b);
}

/** How often a target is asked whether it is done with the last probe. */
const asks = 3;

/** Waits until a request that is alone is answered within the limit: what an earlier probe left to do is done then. */
export async function settle(context: Context, target: Target): Promise<void> {
  for (let ask = 0; ask < asks && !context.signal.aborted; ask += 1) {
    const [took] = await oneAtATime(context, target, 1);
    if (took !== undefined && took < context.settings.objective.latencyMs) return;
  }
}

/**
 * Sends requests one after the other, and hands back the milliseconds of those that succeeded, upwards. They count as
 * warm-up: only what fails is kept as a sample.
 */
export async function oneAtATime(context: Context, target: Target, requests: number): Promise<number[]> {
  const latencies: number[] = [];
  await runClosedLoop({
    ...addressOf(target),
    photos: context.photos,
    connections: 1,
    until: { requests },
    timeoutMs: context.settings.timeoutMs,
    reconnect: context.reconnect.has(target.name),
    signal: context.signal,
    onSample: (measured) => {
      const sample = { scenario: 'capacity', target: target.name, block: 0, ...measured };
      if (succeeded(sample)) latencies.push(latency(sample));
      else context.sample(sample);
    },
  });
  return latencies.sort((a, b) => a - b);
}
