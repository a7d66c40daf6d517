import type { Comparison, TargetSummary } from '../../summary/index.ts';
import { counted, duration, listed, number } from '../format.ts';

/** A target does not keep up when its p95 under load is so many times its median without load, and twice another's. */
const overloaded = { ownMedian: 10, other: 2 };

/** Without a target, `because` is the whole sentence. */
export interface Choice {
  target?: TargetSummary;
  because: string;
}

/**
 * Chooses among targets that did not fail.
 *
 * @param comparisons those that can decide.
 * @param load whether the figures under load can.
 */
export function choose(sound: readonly TargetSummary[], comparisons: readonly Comparison[], load: boolean): Choice {
  const late = load ? sound.filter((target) => isOverloaded(target, sound)) : [];
  const [steady] = sound.filter((target) => !late.includes(target));
  if (steady !== undefined && late.length === sound.length - 1) {
    const because = late.map((target) => `${target.name} needs ${duration(p95OfLoad(target))}`);
    return {
      target: steady,
      because: `under load its p95 stays at ${duration(p95OfLoad(steady))} where ${listed(because)}`,
    };
  }
  if (comparisons.length === 0) {
    return { because: 'Neither latency nor throughput of two targets could be compared, so nothing is recommended.' };
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
  const figures = listed([...new Set(between.map(({ figure }) => figure))], 'disjunction');
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
  return { because: `Nothing is recommended between ${listed([...names])}: ${undecided}.` };
}

function p95OfLoad({ autoscaling }: TargetSummary): number {
  return autoscaling?.latency?.p95.value ?? Number.NaN;
}

/** Shown beyond what the intervals allow: one hiccup under load must not outweigh all that was compared in pairs. */
function isOverloaded(target: TargetSummary, all: readonly TargetSummary[]): boolean {
  const p95 = target.autoscaling?.latency?.p95;
  const alone = target.latency?.median;
  if (p95 === undefined || alone === undefined) return false;
  const others = all.flatMap(({ name, autoscaling }) =>
    name === target.name ? [] : (autoscaling?.latency?.p95.high ?? []),
  );
  const least = Math.min(...others);
  return p95.low > overloaded.ownMedian * alone.high && p95.low > overloaded.other * least;
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

/** Of one other target with the sizes; of more, whom it beats in what: the sizes follow. */
function advantages(target: TargetSummary, comparisons: readonly Comparison[]): string {
  const won = comparisons.filter((comparison) => winner(comparison) === target.name);
  const beaten = new Set(won.map(loser));
  if (beaten.size > 1) return beatenInWhat(won);
  return won.map((comparison) => `${sizeOf(comparison)} than ${loser(comparison)}`).join(' and ');
}

function sizeOf({ figure, difference }: Comparison): string {
  const by = Math.abs(difference.value);
  if (figure === 'throughput') return `it completes ${number(by)} more requests a second`;
  return `it answers ${duration(by)} sooner${figure === 'p95 latency' ? ' at the 95th percentile' : ''}`;
}

/** Figures in which the same targets are beaten are told at once. */
function beatenInWhat(won: readonly Comparison[]): string {
  const losersOf = (of: Comparison['figure']): string =>
    listed(won.filter(({ figure }) => figure === of).flatMap((comparison) => loser(comparison) ?? []));
  const figures = [...new Set(won.map(({ figure }) => figure))];
  const clauses = [...new Set(figures.map(losersOf))].map((losers) => {
    const what = figures.filter((figure) => losersOf(figure) === losers);
    const at = what.flatMap((figure) => quantiles[figure] ?? []);
    const sooner = at.length === 0 ? [] : [`answers sooner at the ${listed(at)}`];
    return `${listed([...sooner, ...(what.includes('throughput') ? ['completes more requests a second'] : [])])} than ${losers}`;
  });
  return `it ${clauses.join(', and ')}`;
}

const quantiles: Partial<Record<Comparison['figure'], string>> = {
  'median latency': 'median',
  'p95 latency': '95th percentile',
};
