import { latency, type Sample, succeeded } from '../load/index.ts';
import { type RunRecord, samplesOf } from '../record/index.ts';
import { type BlockFigure, type Estimate, quantileOfBlocks, ratioOfBlocks, shareEstimate } from '../stats/index.ts';
import { overloading, type TargetSummary } from '../summary/index.ts';

type ByBlock = (run: RunRecord, target: string) => BlockFigure;

/** The p-quantile of a scenario's latencies, of the requests that succeeded. */
export function latencyQuantile(scenario: string, p: number): ByBlock {
  return (run, target) => quantileOfBlocks(latencyBlocks(run, target, scenario), p);
}

/** The mean latency of a scenario's requests that succeeded. */
export function meanLatency(scenario: string): ByBlock {
  return (run, target) =>
    ratioOfBlocks(
      latencyBlocks(run, target, scenario).map((values) => ({
        amount: values.reduce((sum, value) => sum + value, 0),
        count: values.length,
      })),
    );
}

/** The share of requests that failed: in one scenario, or in all that do not overload the target on purpose. */
export function errorShare(scenario?: string): ByBlock {
  const counts = (sample: Sample): boolean =>
    scenario === undefined ? !overloading.includes(sample.scenario) : sample.scenario === scenario;
  return ({ samples }, target) =>
    ratioOfBlocks(
      blocksOf(samples.filter((sample) => sample.target === target && counts(sample))).map((block) => ({
        amount: block.filter((sample) => !succeeded(sample)).length,
        count: block.length,
      })),
    );
}

/** That share with its interval; undefined when nothing was sent. */
export function errors(
  outcomes: Pick<TargetSummary['outcomes'], 'attempts' | 'succeeded'> | undefined,
): Estimate | undefined {
  if (outcomes === undefined || outcomes.attempts === 0) return undefined;
  return shareEstimate(outcomes.attempts - outcomes.succeeded, outcomes.attempts);
}

function latencyBlocks(run: RunRecord, target: string, scenario: string): number[][] {
  return blocksOf(samplesOf(run, target, scenario).filter(succeeded)).map((block) => block.map(latency));
}

function blocksOf(samples: readonly Sample[]): Sample[][] {
  const blocks = new Map<string, Sample[]>();
  for (const sample of samples) {
    const key = `${sample.scenario} ${sample.block}`;
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, [sample]);
    else block.push(sample);
  }
  return [...blocks.values()];
}
