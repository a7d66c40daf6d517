import { eventsOf, samplesOf } from '../record/index.ts';
import { type BlockFigure, type Estimate, quantileOfBlocks, ratioOfBlocks, unbounded } from '../stats/index.ts';
import {
  type BurstStart,
  type BurstTrial,
  coldStarts,
  cpuByBlock,
  rateByBlock,
  type TargetSummary,
} from '../summary/index.ts';
import { errorShare, latencyQuantile, loadQuantile, meanLatency } from './from-samples.ts';
import type { Metric } from './metric.ts';

/** Every figure that can be compared and checked. Another one needs a line here and nothing else. */
export const metrics: readonly Metric[] = [
  {
    ...{ name: 'errors', label: 'Requests failed, without overload', quantity: 'share', better: 'lower' },
    read: ({ calmFailedShare }) => calmFailedShare,
    byBlock: errorShare(),
  },
  {
    ...{ name: 'latency.mean', label: 'Latency, mean', quantity: 'time', better: 'lower' },
    read: ({ latency }) => latency?.mean,
    byBlock: meanLatency('latency'),
  },
  {
    ...{ name: 'latency.median', label: 'Latency, median', quantity: 'time', better: 'lower' },
    read: ({ latency }) => latency?.median,
    byBlock: latencyQuantile('latency', 0.5),
  },
  {
    ...{ name: 'latency.p95', label: 'Latency, 95th percentile', quantity: 'time', better: 'lower' },
    read: ({ latency }) => latency?.p95,
    byBlock: latencyQuantile('latency', 0.95),
  },
  {
    ...{ name: 'latency.p99', label: 'Latency, 99th percentile', quantity: 'time', better: 'lower' },
    read: ({ latency }) => latency?.p99,
    byBlock: latencyQuantile('latency', 0.99),
  },
  {
    ...{ name: 'throughput.rate', label: 'Throughput', quantity: 'rate', better: 'higher' },
    read: ({ throughput }) => throughput?.perSecond,
    byBlock: (run, { name }) => {
      const rates = rateByBlock(samplesOf(run, name, 'throughput'), eventsOf(run, name, 'throughput'));
      return meanOf([...rates.values()]);
    },
  },
  {
    ...{ name: 'throughput.median', label: 'Latency at full load, median', quantity: 'time', better: 'lower' },
    read: ({ throughput }) => throughput?.median,
    byBlock: latencyQuantile('throughput', 0.5),
  },
  {
    ...{ name: 'throughput.p95', label: 'Latency at full load, 95th percentile', quantity: 'time', better: 'lower' },
    read: ({ throughput }) => throughput?.p95,
    byBlock: latencyQuantile('throughput', 0.95),
  },
  {
    ...{ name: 'throughput.cpu', label: 'CPU time for each request', quantity: 'time', better: 'lower' },
    read: ({ resources }) => scaled(resources?.cpuSecondsPerRequest, 1000),
    byBlock: (run, { name }) => {
      const { blocks, sharedError } = cpuByBlock(eventsOf(run, name, 'idle'), eventsOf(run, name, 'throughput'));
      const figure = ratioOfBlocks(blocks.map(({ sum, count }) => ({ amount: sum * 1000, count })));
      return { ...figure, sharedError: sharedError * 1000 };
    },
  },
  {
    ...{ name: 'throughput.errors', label: 'Requests failed at full load', quantity: 'share', better: 'lower' },
    read: ({ throughput }) => throughput?.failedShare,
    byBlock: errorShare('throughput'),
  },
  {
    // Its bounds are what was tried, no confidence interval.
    ...{ name: 'capacity', label: 'Capacity', quantity: 'rate', better: 'higher' },
    read: ({ capacity }) => once(capacity?.perSecond?.value),
  },
  {
    ...{ name: 'cold-start.median', label: 'Cold start, median', quantity: 'time', better: 'lower' },
    read: ({ coldStart }) => coldStart?.median,
    byBlock: (run, target) =>
      latencyQuantile('cold-start', 0.5)({ ...run, samples: coldStarts(run, target.name) }, target),
  },
  {
    ...{ name: 'autoscaling.median', label: 'Latency while load comes, median', quantity: 'time', better: 'lower' },
    read: ({ autoscaling }) => autoscaling?.latency?.median,
    byBlock: loadQuantile(0.5),
  },
  {
    ...{ name: 'autoscaling.p95', label: 'Latency while load comes, 95th percentile', quantity: 'time' },
    better: 'lower',
    read: ({ autoscaling }) => autoscaling?.latency?.p95,
    byBlock: loadQuantile(0.95),
  },
  {
    ...{ name: 'autoscaling.peak', label: 'Replicas under load, at most', quantity: 'count' },
    read: ({ autoscaling }) => once(autoscaling?.peakReplicas),
  },
  {
    ...{ name: 'autoscaling.peak-after', label: 'Load until most replicas', quantity: 'time', better: 'lower' },
    read: ({ autoscaling }) => once(autoscaling?.peakAfterSeconds, 1000),
  },
  {
    ...{ name: 'autoscaling.back-after', label: 'End of load until back', quantity: 'time', better: 'lower' },
    read: ({ autoscaling }) => once(autoscaling?.backAfterSeconds, 1000),
  },
  {
    ...{ name: 'burst.errors', label: 'Requests failed in a burst, fewest replicas', quantity: 'share' },
    better: 'lower',
    read: ({ burst }) => burst?.starts.at(-1)?.failedShare,
    byBlock: (_, { burst }) => meanOf(lastStart(burst).map(({ failed, attempts }) => failed / attempts)),
  },
  {
    ...{ name: 'burst.late', label: 'Requests late in a burst, fewest replicas', quantity: 'share', better: 'lower' },
    read: ({ burst }) => burst?.starts.at(-1)?.lateShare,
    byBlock: (_, { burst }) => meanOf(lastStart(burst).map(({ late, attempts }) => late / attempts)),
  },
  {
    ...{ name: 'burst.recovery', label: 'Burst until the objective holds, fewest replicas', quantity: 'time' },
    better: 'lower',
    read: ({ burst }) => recovery(burst?.starts.at(-1)),
    byBlock: (_, { burst }) =>
      quantileOfBlocks(
        lastStart(burst).flatMap(({ holdsAfterSeconds: s }) => (s === undefined ? [] : [[s * 1000]])),
        0.5,
      ),
  },
  {
    ...{ name: 'idle.memory', label: 'Memory, one idle replica', quantity: 'bytes', better: 'lower' },
    read: ({ idle }) => once(idle?.memoryBytes),
  },
  {
    ...{
      name: 'at-zero.memory',
      scenario: 'cold-start',
      label: 'Memory, no replica',
      quantity: 'bytes',
      better: 'lower',
    },
    read: ({ atZero }) => once(atZero?.memoryBytes),
  },
];

/** The bursts that began from the fewest replicas. */
function lastStart(burst: TargetSummary['burst']): BurstTrial[] {
  const from = burst?.starts.at(-1)?.from;
  return burst?.trials.filter((trial) => trial.from === from) ?? [];
}

/** The mean of what each block gave, each counted alike. */
function meanOf(values: readonly number[]): BlockFigure {
  return ratioOfBlocks(values.map((amount) => ({ amount, count: 1 })));
}

/** In milliseconds; undefined unless every burst recovered, since the others have no time that could be counted. */
function recovery(start: BurstStart | undefined): Estimate | undefined {
  if (start?.holdsAfterSeconds === undefined || start.recovered < start.trials) return undefined;
  return scaled(start.holdsAfterSeconds, 1000);
}

function scaled(estimate: Estimate | undefined, factor: number): Estimate | undefined {
  return estimate && { value: estimate.value * factor, low: estimate.low * factor, high: estimate.high * factor };
}

/** A figure that a run measures once: nothing is known of its noise. */
function once(value: number | undefined, unit = 1): Estimate | undefined {
  if (value === undefined) return undefined;
  return { value: value * unit, ...unbounded };
}
