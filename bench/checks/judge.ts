import type { MetricChange, RunComparison } from '../compare/index.ts';
import { showChange, showEstimate } from '../compare/index.ts';
import { type Estimate, knowsNoise } from '../stats/index.ts';
import type { Summary } from '../summary/index.ts';
import { type Check, printCheck, unitSize } from './check.ts';

/** What became of a check on one target. */
export interface CheckResult {
  /** The check in full. */
  check: string;
  target: string;
  /** The run, where there are several. */
  run?: string;
  /** `error`: the figure was not measured, so nothing can be said. */
  outcome: 'passed' | 'failed' | 'error';
  /** The figure with its interval, or why there is none. */
  message: string;
}

/** Judges checks on the figures of one run. A check on a change is an error here: there is nothing to compare with. */
export function judgeRun(checks: readonly Check[], { targets }: Summary): CheckResult[] {
  return checks.flatMap((check) => {
    const text = printCheck(check);
    const chosen = targets.filter(({ name }) => (check.target ?? name) === name);
    if (chosen.length === 0) return [unknownTarget(check, targets)];
    return chosen.map((target) => {
      const figure = check.metric.read(target);
      const of = { check: text, target: target.name };
      if (check.verb !== undefined) return { ...of, outcome: 'error', message: 'there is no run to compare with' };
      if (figure === undefined) return { ...of, outcome: 'error', message: `${check.metric.name} was not measured` };
      return { ...of, ...judge(check, figure, showEstimate(check.metric, figure)) };
    });
  });
}

/** Judges checks on a comparison: of changes since the first run, and of the later runs' own figures. */
export function judgeComparison(checks: readonly Check[], { runs, targets }: RunComparison): CheckResult[] {
  return checks.flatMap((check) => {
    const chosen = targets.filter(({ name }) => (check.target ?? name) === name);
    if (chosen.length === 0) return [unknownTarget(check, targets)];
    return runs.slice(1).flatMap(({ label: run }, index) =>
      chosen.map(({ name, figures }): CheckResult => {
        const { metric, verb } = check;
        const of = { check: printCheck(check), target: name, run };
        const found = figures.find((each) => each.metric === metric);
        const figure = found?.estimates[index + 1];
        const change = found?.changes[index + 1];
        if (figure === undefined) return { ...of, outcome: 'error', message: `${metric.name} was not measured` };
        if (verb === undefined) return { ...of, ...judge(check, figure, showEstimate(metric, figure)) };
        if (change === undefined) {
          return { ...of, outcome: 'error', message: `${metric.name} was not measured in ${runs[0]?.label}` };
        }
        return { ...of, ...judgeChange(check, verb, change) };
      }),
    );
  });
}

function judgeChange(check: Check, verb: NonNullable<Check['verb']>, change: MetricChange): Verdict {
  const estimate = unitSize(check) === undefined ? change.relative : change;
  if (estimate === undefined) {
    return { outcome: 'error', message: `${check.metric.name} was zero, and no change is a share of that` };
  }
  const directed = isDownward(verb, check.metric)
    ? { value: -estimate.value, low: -estimate.high, high: -estimate.low }
    : estimate;
  return judge(check, directed, showChange(check.metric, change));
}

function isDownward(verb: NonNullable<Check['verb']>, { better }: Check['metric']): boolean {
  return { falls: true, rises: false, worsens: better === 'higher', improves: better === 'lower' }[verb];
}

type Verdict = Pick<CheckResult, 'outcome' | 'message'>;

function judge(check: Check, { value, low, high }: Estimate, shown: string): Verdict {
  const limit = check.limit * (unitSize(check) ?? 0.01);
  const breaks = (at: number): boolean =>
    ({ '>': at > limit, '>=': at >= limit, '<': at < limit, '<=': at <= limit })[check.operator];
  const [all, some] = [breaks(low) && breaks(high), breaks(low) || breaks(high)];
  const unknown = !knowsNoise({ low, high });
  if (check.beyondNoise && unknown) {
    return { outcome: 'error', message: `${shown}; measured once or too seldom, so nothing is known of its noise` };
  }
  const noise = unknown || all || !some ? '' : '; the limit is within noise';
  return { outcome: (check.beyondNoise ? all : breaks(value)) ? 'failed' : 'passed', message: `${shown}${noise}` };
}

function unknownTarget(check: Check, targets: readonly { name: string }[]): CheckResult {
  const names = targets.map(({ name }) => name).join(', ');
  return {
    check: printCheck(check),
    target: check.target ?? '',
    outcome: 'error',
    message: `there is no such target, only ${names}`,
  };
}
