import { type Metric, metrics } from '../metric/index.ts';
import type { RunRecord } from '../record/index.ts';
import { type Change, type Estimate, knowsNoise, type Scatter, scatterOf, unpairedChange } from '../stats/index.ts';
import type { TargetSummary } from '../summary/index.ts';
import { type Distinction, findDistinctions } from './distinctions.ts';
import { type MatchedTarget, matchTargets } from './match-targets.ts';
import type { ComparedRun } from './read.ts';

/** How a figure of one run differs from that of the first. */
export interface MetricChange extends Change {
  effect: 'better' | 'worse' | 'changed' | 'no difference shown' | 'noise unknown';
}

/** One figure of one target in every run; undefined where it was not measured. */
export interface MetricComparison {
  metric: Metric;
  estimates: readonly (Estimate | undefined)[];
  /** Against the first run, whose own is undefined. */
  changes: readonly (MetricChange | undefined)[];
}

export interface RunComparison {
  runs: readonly ComparedRun[];
  distinctions: readonly Distinction[];
  targets: readonly ComparedTarget[];
  /** Targets that the first run shares with none. */
  leftOut: readonly MatchedTarget[];
}

export interface ComparedTarget extends MatchedTarget {
  figures: readonly MetricComparison[];
}

/**
 * Compares runs with the first of them, figure by figure, for every target that it shares with another.
 *
 * @throws Error when it shares none.
 */
export function compareRuns(runs: readonly ComparedRun[]): RunComparison {
  const all = matchTargets(runs.map(({ record }) => record.manifest.targets));
  const targets = all.filter(({ names: [first, ...others] }) => first !== undefined && others.some(isThere));
  if (targets.length === 0) {
    const theirs = runs.map(
      ({ label, record }) => `${label}: ${record.manifest.targets.map(({ name }) => name).join(', ')}`,
    );
    throw new Error(`the runs have no target of the same name or architecture (${theirs.join('; ')})`);
  }
  return {
    runs,
    distinctions: findDistinctions(
      runs,
      targets.filter(({ names }) => names.every(isThere)),
    ),
    leftOut: all.filter((target) => !targets.includes(target)),
    targets: targets.map((target) => ({
      ...target,
      figures: metrics
        .map((metric) => compareMetric(metric, runs, target))
        .filter(({ estimates }) => estimates.some((estimate) => estimate !== undefined)),
    })),
  };
}

function isThere(name: string | undefined): boolean {
  return name !== undefined;
}

function compareMetric(metric: Metric, runs: readonly ComparedRun[], { names }: MatchedTarget): MetricComparison {
  const found = runs.map(({ record, summary }, index) => {
    const target = summary.targets.find(({ name }) => name === names[index]);
    const estimate = target && metric.read(target);
    if (target === undefined || estimate === undefined) return undefined;
    return { estimate, scatter: scatter(metric, record, target, estimate) };
  });
  const first = found[0]?.scatter;
  return {
    metric,
    estimates: found.map((each) => each?.estimate),
    changes: found.map((each, index) => {
      if (index === 0 || each === undefined || first === undefined) return undefined;
      const change = unpairedChange(first, each.scatter);
      return { ...change, effect: effectOf(change, metric) };
    }),
  };
}

/** What a figure's own interval says nothing of, its blocks say nothing of either. */
function scatter(metric: Metric, record: RunRecord, target: TargetSummary, estimate: Estimate): Scatter {
  if (metric.byBlock !== undefined && knowsNoise(estimate)) return scatterOf(metric.byBlock(record, target));
  return { value: estimate.value, standardError: Number.POSITIVE_INFINITY, freedom: 1 };
}

function effectOf({ shown }: Change, { better }: Metric): MetricChange['effect'] {
  if (shown === 'noise unknown') return shown;
  if (shown === 'none') return 'no difference shown';
  if (better === undefined) return 'changed';
  return shown === better ? 'better' : 'worse';
}
