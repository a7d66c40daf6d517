import { latency, succeeded } from '../load/index.ts';
import { type RunRecord, samplesOf } from '../record/index.ts';
import { quantile } from '../stats/index.ts';

/** How late requests of an open loop were sent, and the latency that includes it; both in milliseconds. */
export interface LateSending {
  scenario: string;
  target: string;
  /** Of `sent - intended`. */
  p99Ms: number;
  /** Of the successes; 0 when there was none. */
  medianLatencyMs: number;
}

/** One for each open loop that sent anything. */
export function latenesses(run: RunRecord): LateSending[] {
  return run.events.flatMap((event) => {
    if (event.kind !== 'lateness' || event.requests === 0) return [];
    const { scenario, target, block, p99Ms } = event;
    const latencies = samplesOf(run, target, scenario)
      .filter((sample) => succeeded(sample) && (block === undefined || sample.block === block))
      .map(latency)
      .sort((a, b) => a - b);
    return [{ scenario, target, p99Ms, medianLatencyMs: latencies.length === 0 ? 0 : quantile(latencies, 0.5) }];
  });
}
