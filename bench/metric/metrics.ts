import { eventsOf, samplesOf } from '../record/index.ts';
import { type Estimate, ratioOfBlocks } from '../stats/index.ts';
import { type BurstStart, cpuByBlock, rateByBlock, wasWarm } from '../summary/index.ts';
import { errorShare, errors, latencyQuantile, meanLatency } from './from-samples.ts';
import type { Metric } from './metric.ts';

/** Every figure that can be compared and checked. Another one needs a line here and nothing else. */
export const metrics: readonly Metric[] = [
  {
    ...{ name: 'errors', label: 'Requests failed, without overload', quantity: 'share', better: 'lower' },
    read: ({ calmOutcomes }) => errors(calmOutcomes),
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
    byBlock: (run, target) => {
      const rates = rateByBlock(samplesOf(run, target, 'throughput'), eventsOf(run, target, 'throughput'));
      return ratioOfBlocks([...rates.values()].map((amount) => ({ amount, count: 1 })));
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
    byBlock: (run, target) => {
      const spent = cpuByBlock(eventsOf(run, target, 'idle'), eventsOf(run, target, 'throughput'));
      return ratioOfBlocks(spent.map(({ sum, count }) => ({ amount: sum * 1000, count })));
    },
  },
  {
    ...{ name: 'throughput.errors', label: 'Requests failed at full load', quantity: 'share', better: 'lower' },
    read: ({ throughput }) => errors(throughput),
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
      latencyQuantile('cold-start', 0.5)({ ...run, samples: run.samples.filter((each) => !wasWarm(each)) }, target),
  },
  {
    ...{ name: 'autoscaling.median', label: 'Latency while load comes, median', quantity: 'time', better: 'lower' },
    read: ({ autoscaling }) => autoscaling?.latency?.median,
    byBlock: latencyQuantile('autoscaling', 0.5),
  },
  {
    ...{ name: 'autoscaling.p95', label: 'Latency while load comes, 95th percentile', quantity: 'time' },
    better: 'lower',
    read: ({ autoscaling }) => autoscaling?.latency?.p95,
    byBlock: latencyQuantile('autoscaling', 0.95),
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
  },
  {
    ...{ name: 'burst.late', label: 'Requests late in a burst, fewest replicas', quantity: 'share', better: 'lower' },
    read: ({ burst }) => burst?.starts.at(-1)?.lateShare,
  },
  {
    ...{ name: 'burst.recovery', label: 'Burst until the objective holds, fewest replicas', quantity: 'time' },
    better: 'lower',
    read: ({ burst }) => recovery(burst?.starts.at(-1)),
  },
  {
    ...{ name: 'idle.memory', label: 'Memory, one idle replica', quantity: 'bytes', better: 'lower' },
    read: ({ idle }) => once(idle?.memoryBytes),
  },
  {
    ...{ name: 'at-zero.memory', label: 'Memory, no replica', quantity: 'bytes', better: 'lower' },
    read: ({ atZero }) => once(atZero?.memoryBytes),
  },
];

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
  return { value: value * unit, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
}
