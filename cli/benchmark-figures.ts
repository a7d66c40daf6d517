import type { BenchmarkSummary, Figure, TargetFigures } from '../infra/kubernetes/benchmark/index.ts';
import type { Measured } from './measure.ts';

type Target = Measured['summary']['targets'][number];

/** The figures that people look for first, in few digits. */
export function benchmarkSummary({ summary, verdict }: Pick<Measured, 'summary' | 'verdict'>): BenchmarkSummary {
  return {
    verdict: [verdict.sentence, ...verdict.doubts].join(' '),
    targets: Object.fromEntries(summary.targets.map((target) => [target.name, targetFigures(target)])),
  };
}

function targetFigures({ failed, outcomes, ...of }: Target): TargetFigures {
  const { latency, throughput, capacity, coldStart, autoscaling } = of;
  const confirmed = capacity?.state === 'open' ? undefined : capacity?.perSecond;
  const replicas = [throughput?.replicas, autoscaling?.peakReplicas].filter((count) => count !== undefined);
  return {
    failed,
    requests: outcomes.attempts,
    errors: outcomes.attempts - outcomes.succeeded,
    ...(latency && { medianLatencyMs: figure(latency.median), p95LatencyMs: figure(latency.p95) }),
    ...(throughput && { successesPerSecond: figure(throughput.perSecond) }),
    ...(confirmed && { capacityPerSecond: figure(confirmed) }),
    ...(coldStart && { medianColdStartSeconds: figure(coldStart.median, 1000) }),
    ...(replicas.length > 0 && { mostReplicas: Math.max(...replicas) }),
  };
}

function figure({ value, low, high }: { value: number; low: number; high: number }, unit = 1): Figure {
  const bound = (at: number): number | null => (Number.isFinite(at) ? short(at / unit) : null);
  return { value: short(value / unit), low: bound(low), high: bound(high) };
}

/** What differs after four digits is noise. */
function short(value: number): number {
  return Number(value.toPrecision(4));
}
