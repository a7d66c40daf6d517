import type { Sample } from '../load/index.ts';
import { samplesOf } from '../record/index.ts';
import { quantileOfBlocks, ratioOfBlocks } from '../stats/index.ts';
import { failuresByUnit, latencyBlocks, loadStretches, overloading } from '../summary/index.ts';
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
    const own = run.samples.filter(({ target }) => target === name);
    const counted = own.filter((each) => (scenario === undefined ? isCalm(each) : each.scenario === scenario));
    return ratioOfBlocks(failuresByUnit(counted).map(({ sum, count }) => ({ amount: sum, count })));
  };
}

function isCalm({ scenario }: Sample): boolean {
  return !overloading.includes(scenario);
}
