import type { Comparison, Summary, TargetSummary } from '../summary/index.ts';
import { counted, duration, megabytes, number, perSecond } from './format.ts';

/** What a run says in the end. */
export interface Verdict {
  /** Name of the target that suits; absent when nothing could be compared. */
  recommended?: string;
  sentence: string;
  /** The figures that led there, and when the other choice would be right. */
  reasons: string[];
  /** What weakens the figures. */
  cautions: string[];
}

/** A target does not keep up when its p95 under load is so many times its median without load, and twice the other's. */
const overloaded = { ownMedian: 10, other: 2 };

/**
 * One recommendation, by rules that a reader can check: a target that failed is out; one that keeps up with the load
 * beats one that does not; then one shown to be faster and nowhere shown to be slower; then the one with fewer parts.
 */
export function judge(summary: Summary, status: string): Verdict {
  const cautions = findCautions(summary, status);
  const sound = summary.targets.filter(({ failed }) => !failed);
  const [first, second] = sound;
  if (first === undefined) {
    return { sentence: 'No target answered well enough to recommend one.', reasons: [], cautions };
  }
  if (second === undefined) return { ...judgeOne(first, summary), cautions };
  const chosen = choose(first, second, summary.comparisons);
  const other = chosen.target === first ? second : first;
  return {
    recommended: chosen.target.name,
    sentence: `Serve this model with ${named(chosen.target)}: ${chosen.because}.`,
    reasons: [...summary.comparisons.map(describeComparison), ...whenOther(other, chosen.target)],
    cautions,
  };
}

function judgeOne(only: TargetSummary, summary: Summary): Omit<Verdict, 'cautions'> {
  const failed = summary.targets.filter((target) => target.failed).map(({ name }) => name);
  if (failed.length > 0) {
    const sentence = `Serve this model with ${named(only)}: ${failed.join(' and ')} failed, it did not.`;
    return { recommended: only.name, sentence, reasons: [] };
  }
  const latency =
    only.latency === undefined ? '' : ` It answers in ${duration(only.latency.median.value)} at the median.`;
  return { sentence: `Only ${only.name} was measured, so there is nothing to compare it with.${latency}`, reasons: [] };
}

function choose(
  first: TargetSummary,
  second: TargetSummary,
  comparisons: readonly Comparison[],
): { target: TargetSummary; because: string } {
  const late = [first, second].find((target) => isOverloaded(target, target === first ? second : first));
  if (late !== undefined) {
    const target = late === first ? second : first;
    const [p95, latest] = [target, late].map(({ autoscaling }) => autoscaling?.latency?.p95.value ?? Number.NaN);
    const because = `under load its p95 stays at ${duration(p95 ?? 0)} where ${late.name} needs ${duration(latest ?? 0)}`;
    return { target, because };
  }
  const wins = comparisons.filter(({ a, b }) => a === first.name && b === second.name).map(winner);
  const shown = new Set(wins.filter((name) => name !== undefined));
  const fewer = fewerParts(first, second);
  const [faster] = shown;
  if (shown.size === 1 && faster !== undefined) {
    const target = faster === first.name ? first : second;
    return { target, because: advantages(target, comparisons) };
  }
  const parts = `it needs fewer parts (${counted(fewer.idle?.processes ?? 1, 'process', 'processes')} with one replica)`;
  const because =
    shown.size === 0
      ? `no difference in latency or throughput is shown, and ${parts}`
      : `each is faster in one figure, and ${parts}`;
  return { target: fewer, because };
}

function isOverloaded(target: TargetSummary, other: TargetSummary): boolean {
  const p95 = target.autoscaling?.latency?.p95.value;
  const others = other.autoscaling?.latency?.p95.value;
  const alone = target.latency?.median.value;
  if (p95 === undefined || others === undefined || alone === undefined) return false;
  return p95 > overloaded.ownMedian * alone && p95 > overloaded.other * others;
}

/** The target with fewer processes; a server before others where that is not known or equal. */
function fewerParts(first: TargetSummary, second: TargetSummary): TargetSummary {
  const difference = (first.idle?.processes ?? 0) - (second.idle?.processes ?? 0);
  if (difference !== 0 && first.idle !== undefined && second.idle !== undefined) return difference < 0 ? first : second;
  return second.architecture === 'server' ? second : first;
}

function winner({ figure, a, b, difference }: Comparison): string | undefined {
  if (difference.higher === 'none shown') return undefined;
  const higher = difference.higher === 'a' ? a : b;
  const lower = difference.higher === 'a' ? b : a;
  return figure === 'throughput' ? higher : lower;
}

function advantages(target: TargetSummary, comparisons: readonly Comparison[]): string {
  return comparisons
    .filter((comparison) => winner(comparison) === target.name)
    .map(({ figure, difference }) => {
      const by = Math.abs(difference.value);
      return figure === 'throughput'
        ? `it completes ${number(by)} more requests a second`
        : `it answers ${duration(by)} sooner`;
    })
    .join(' and ');
}

function describeComparison({ figure, unit, a, b, difference }: Comparison): string {
  const show = unit === 'ms' ? duration : perSecond;
  const ends = [difference.low, difference.high]
    .map(Math.abs)
    .toSorted((x, y) => x - y)
    .map(show);
  const what = figure === 'throughput' ? 'throughput' : 'median latency';
  if (difference.higher === 'none shown') {
    const interval = `${show(difference.low)} to ${show(difference.high)}`;
    return `No difference in ${what} is shown between ${a} and ${b} (95 % interval of the difference: ${interval}).`;
  }
  const higher = difference.higher === 'a' ? [a, b] : [b, a];
  const size = `${show(Math.abs(difference.value))} (95 % interval ${ends.join(' to ')})`;
  return `The ${what} of ${higher[0]} is ${size} above that of ${higher[1]}.`;
}

/** When the target that was not chosen would be right, with what that would cost and save. */
function whenOther(other: TargetSummary, chosen: TargetSummary): string[] {
  const serverless = [other, chosen].find(({ coldStart }) => coldStart !== undefined);
  const always = [other, chosen].find((target) => target !== serverless);
  if (serverless?.coldStart === undefined || always === undefined) return [];
  const wait = `the next request waits ${duration(serverless.coldStart.median.value)} for its answer`;
  const memory =
    serverless.atZero === undefined || always.idle === undefined
      ? ''
      : `, and ${megabytes(serverless.atZero.memoryBytes)} are held instead of ${megabytes(always.idle.memoryBytes)}`;
  const rule = `Where traffic pauses, ${serverless.name} can go to zero replicas: ${wait}${memory}.`;
  return [serverless === other ? `${rule} Choose it if such pauses are long and that wait is acceptable.` : rule];
}

function findCautions(summary: Summary, status: string): string[] {
  const failures = summary.targets.flatMap(({ name, outcomes, failed, answers }) => {
    const lost = outcomes.attempts - outcomes.succeeded;
    if (outcomes.attempts === 0) {
      const error = answers.find((answer) => answer.error !== undefined || (answer.status ?? 0) >= 300);
      return [
        `${name} was not measured: ${error?.error ?? (error?.status === undefined ? 'it gave no answer' : `it answered ${error.status}`)}.`,
      ];
    }
    if (lost === 0) return [];
    const kinds = `${outcomes.timeouts} timed out, ${outcomes.connectionErrors} without a connection, ${outcomes.refused} refused`;
    return [
      `${name}: ${lost} of ${number(outcomes.attempts)} requests failed (${kinds})${failed ? '' : '; the figures are of those that succeeded'}.`,
    ];
  });
  const synthetic = summary.targets.some(({ answers }) => answers.some(({ weights }) => weights === 'synthetic'));
  return [
    ...(status === 'complete'
      ? []
      : [`The run did not come to its end (${status}): figures are of the samples taken so far.`]),
    ...failures,
    ...(synthetic ? ['synthetic weights: timings hold, labels do not.'] : []),
    ...summary.notes,
  ];
}

function named({ name, architecture }: TargetSummary): string {
  if (architecture === 'unknown') return name;
  const noun = { server: 'a server', serverless: 'serverless functions', hybrid: 'a hybrid of both' }[architecture];
  return name === architecture ? noun : `${noun} (${name})`;
}
