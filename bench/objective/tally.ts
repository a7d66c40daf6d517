import { latency, type Sample, succeeded } from '../load/index.ts';
import type { Objective } from './objective.ts';

/** What became of requests, as an objective sees it. Each is in exactly one count besides `attempts`. */
export interface Tally {
  attempts: number;
  /** Answered with success in less than the limit. */
  good: number;
  /** Answered with success, but not in less than the limit. */
  late: number;
  /** Refused, timed out, or without a connection. */
  failed: number;
}

/** Counts requests by an objective's limit; latency counts from when a request should have gone out. */
export function tally(samples: readonly Sample[], { latencyMs }: Objective): Tally {
  const answered = samples.filter(succeeded);
  const good = answered.filter((sample) => latency(sample) < latencyMs).length;
  return {
    attempts: samples.length,
    good,
    late: answered.length - good,
    failed: samples.length - answered.length,
  };
}

/**
 * Whether requests keep an objective. A request that failed is one that was not answered in time, so it counts against
 * both parts: it is never left out of the quantile. No requests keep nothing.
 */
export function keepsObjective({ attempts, good, failed }: Tally, objective: Objective): boolean {
  return attempts > 0 && good >= objective.quantile * attempts && failed < objective.errorShare * attempts;
}
