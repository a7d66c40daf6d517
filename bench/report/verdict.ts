import type { Comparison, Summary, TargetSummary } from '../summary/index.ts';
import { findCautions } from './cautions.ts';
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
 * One recommendation, by rules that a reader can check: a target that failed is out, then one that does not keep up with
 * the load; of the rest, the one that is shown to be better in latency or throughput and nowhere worse; else, where
 * that is known, the one with the fewest parts. Where none of these decides, nothing is recommended.
 */
export function judge(summary: Summary, status: string): Verdict {
  const cautions = findCautions(summary, status);
  const sound = summary.targets.filter(({ failed }) => !failed);
  const comparisons = summary.comparisons.filter(({ a, b }) =>
    [a, b].every((name) => sound.some((t) => t.name === name)),
  );
  const [only, ...others] = sound;
  if (only === undefined) {
    return { sentence: 'No target answered well enough to recommend one.', reasons: [], cautions };
  }
  if (others.length === 0) return { ...judgeOne(only, summary), cautions };
  const chosen = choose(sound, comparisons);
  const reasons = comparisons.map(describeComparison);
  if (chosen.target === undefined) return { sentence: chosen.because, reasons, cautions };
  return {
    recommended: chosen.target.name,
    sentence: `Serve this model with ${named(chosen.target)}: ${chosen.because}.`,
    reasons: [...reasons, ...whenToGoToZero(sound, chosen.target)],
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

/** Without a target, `because` is the whole sentence. */
interface Choice {
  target?: TargetSummary;
  because: string;
}

function choose(sound: readonly TargetSummary[], comparisons: readonly Comparison[]): Choice {
  const late = sound.filter((target) => isOverloaded(target, sound));
  const [steady] = sound.filter((target) => !late.includes(target));
  if (steady !== undefined && late.length === sound.length - 1) {
    const because = late.map((target) => `${target.name} needs ${duration(p95OfLoad(target))}`);
    return {
      target: steady,
      because: `under load its p95 stays at ${duration(p95OfLoad(steady))} where ${because.join(' and ')}`,
    };
  }
  if (comparisons.length === 0) {
    return { because: 'Neither latency nor throughput of two targets was compared, so nothing is recommended.' };
  }
  const losers = new Set(comparisons.map(loser));
  const winners = new Set(comparisons.map(winner));
  const unbeaten = sound.filter(({ name }) => !losers.has(name));
  const [best] = unbeaten;
  if (best !== undefined && unbeaten.length === 1 && winners.has(best.name)) {
    return { target: best, because: advantages(best, comparisons) };
  }
  return fewestParts(unbeaten.length > 0 ? unbeaten : sound, comparisons);
}

function fewestParts(contenders: readonly TargetSummary[], comparisons: readonly Comparison[]): Choice {
  const names = new Set(contenders.map(({ name }) => name));
  const between = comparisons.filter(({ a, b }) => names.has(a) && names.has(b));
  const shown = between.some((comparison) => winner(comparison) !== undefined);
  const figures = [...new Set(between.map(({ figure }) => figure))].join(' or ');
  const undecided = shown ? 'each is better in one figure' : `no difference in ${figures} is shown`;
  const parts = contenders.map((target) => ({ target, count: target.idle?.processes }));
  const [least, next] = parts.toSorted((x, y) => (x.count ?? Number.NaN) - (y.count ?? Number.NaN));
  if (
    parts.every(({ count }) => count !== undefined) &&
    least?.count !== undefined &&
    least.count < (next?.count ?? 0)
  ) {
    const processes = counted(least.count, 'process', 'processes');
    return { target: least.target, because: `${undecided}, and it needs fewer parts (${processes} with one replica)` };
  }
  return { because: `Nothing is recommended between ${[...names].join(' and ')}: ${undecided}.` };
}

function p95OfLoad({ autoscaling }: TargetSummary): number {
  return autoscaling?.latency?.p95.value ?? Number.NaN;
}

function isOverloaded(target: TargetSummary, all: readonly TargetSummary[]): boolean {
  const least = Math.min(...all.map(p95OfLoad).filter(Number.isFinite));
  const alone = target.latency?.median.value ?? Number.NaN;
  return p95OfLoad(target) > overloaded.ownMedian * alone && p95OfLoad(target) > overloaded.other * least;
}

function winner({ figure, a, b, difference }: Comparison): string | undefined {
  if (difference.higher === 'none shown') return undefined;
  const higher = difference.higher === 'a' ? a : b;
  const lower = difference.higher === 'a' ? b : a;
  return figure === 'throughput' ? higher : lower;
}

function loser(comparison: Comparison): string | undefined {
  const name = winner(comparison);
  return name === undefined ? undefined : name === comparison.a ? comparison.b : comparison.a;
}

function advantages(target: TargetSummary, comparisons: readonly Comparison[]): string {
  return comparisons
    .filter((comparison) => winner(comparison) === target.name)
    .map((comparison) => {
      const by = Math.abs(comparison.difference.value);
      const what =
        comparison.figure === 'throughput'
          ? `it completes ${number(by)} more requests a second`
          : `it answers ${duration(by)} sooner`;
      return `${what} than ${loser(comparison)}`;
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

/** What going to zero would cost and save, where a target can and another is always on. */
function whenToGoToZero(sound: readonly TargetSummary[], chosen: TargetSummary): string[] {
  const serverless = sound.find(({ coldStart }) => coldStart !== undefined);
  const always = sound.find(({ coldStart }) => coldStart === undefined);
  if (serverless?.coldStart === undefined || always === undefined) return [];
  const wait = `the next request waits ${duration(serverless.coldStart.median.value)} for its answer`;
  const memory =
    serverless.atZero === undefined || always.idle === undefined
      ? ''
      : `, and ${megabytes(serverless.atZero.memoryBytes)} are held instead of ${megabytes(always.idle.memoryBytes)}`;
  const rule = `Where traffic pauses, ${serverless.name} can go to zero replicas: ${wait}${memory}.`;
  return [serverless === chosen ? rule : `${rule} Choose it if such pauses are long and that wait is acceptable.`];
}

function named({ name, architecture }: TargetSummary): string {
  if (architecture === 'unknown') return name;
  const noun = { server: 'a server', serverless: 'serverless functions', hybrid: 'a hybrid of both' }[architecture];
  return name === architecture ? noun : `${noun} (${name})`;
}
