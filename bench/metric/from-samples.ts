import { type Sample, succeeded } from '../load/index.ts';
import { type RunRecord, samplesOf } from '../record/index.ts';
import {
  type Estimate,
  quantileOfBlocks,
  ratioOfBlocks,
  samplingUnits,
  shareEstimate,
  unbounded,
} from '../stats/index.ts';
import { byBlock, latencyBlocks, loadStretches, overloading, type TargetSummary } from '../summary/index.ts';
import type { Metric } from './metric.ts';

type ByBlock = NonNullable<Metric['byBlock']>;

/** The p-quantile of a scenario's latencies, of the requests that succeeded. */
export function latencyQuantile(scenario: string, p: number): ByBlock {
  return (run, { name }) => quantileOfBlocks(latencyBlocks(samplesOf(run, name, scenario)), p);
}

/** The same while load comes and goes, which is a single block: its stretches count as blocks. */
export function loadQuantile(p: number): ByBlock {
  return (run, { name }) => quantileOfBlocks(latencyBlocks(loadStretches(samplesOf(run, name, 'autoscaling'))), p);
}

/** The mean latency of a scenario's requests that succeeded. */
export function meanLatency(scenario: string): ByBlock {
  return (run, { name }) =>
    ratioOfBlocks(
      latencyBlocks(samplesOf(run, name, scenario)).map((values) => ({
        amount: values.reduce((sum, value) => sum + value, 0),
        count: values.length,
      })),
    );
}

/** The share of requests that failed: in one scenario, or in all that do not overload the target on purpose. */
export function errorShare(scenario?: string): ByBlock {
  return (run, { name }) => {
    const all = scenario === undefined ? calmScenarios(run) : [scenario];
    const blocks = all.flatMap((each) => [...byBlock(samplesOf(run, name, each)).values()]);
    return ratioOfBlocks(
      samplingUnits(blocks).map((unit) => ({
        amount: unit.filter((sample) => !succeeded(sample)).length,
        count: unit.length,
      })),
    );
  };
}

function calmScenarios({ samples }: RunRecord): string[] {
  return [...new Set(samples.map(({ scenario }: Sample) => scenario))].filter((each) => !overloading.includes(each));
}

/** That share with its interval, open where there was one request alone; undefined when nothing was sent. */
export function errors(
  outcomes: Pick<TargetSummary['outcomes'], 'attempts' | 'succeeded'> | undefined,
): Estimate | undefined {
  if (outcomes === undefined || outcomes.attempts === 0) return undefined;
  const share = shareEstimate(outcomes.attempts - outcomes.succeeded, outcomes.attempts);
  return outcomes.attempts === 1 ? { ...share, ...unbounded } : share;
}
