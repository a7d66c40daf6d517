import { succeeded } from '../../load/index.ts';
import type { Summary, TargetSummary } from '../../summary/index.ts';
import { counted, duration, listed, number } from '../format.ts';
import { hasEnough } from './enough.ts';

/**
 * What the reader must know before believing a verdict, a sentence each: a run cut short, requests that failed, and
 * scenarios that decided nothing because of the client or of too few samples.
 *
 * @param limited by scenario, why its figures are those of the client.
 */
export function findDoubts(summary: Summary, status: string, limited: ReadonlyMap<string, string>): string[] {
  const cut =
    status === 'complete'
      ? []
      : [`The run did not come to its end (${status}): figures are of the samples taken so far.`];
  const client = [...limited].map(
    ([scenario, because]) =>
      `The client itself was the limit in ${scenario} (${because}), so ${scenario} decides nothing.`,
  );
  return [
    ...cut,
    ...summary.targets.flatMap(lost),
    ...summary.targets.flatMap(silent),
    ...summary.targets.flatMap(hung),
    ...client,
    ...tooFew(summary),
  ];
}

/** Capacity and burst overload a target on purpose: what fails there is in their own tables. */
function lost({ name, outcomes, calmOutcomes, failed, answers }: TargetSummary): string[] {
  if (outcomes.attempts === 0 && answers.some(succeeded)) {
    return failed ? [`${name} answered the first photos and then nothing more.`] : [];
  }
  if (outcomes.attempts === 0) {
    const error = answers.find((answer) => !succeeded(answer));
    const because = error?.error ?? (error?.status === undefined ? 'it gave no answer' : `it answered ${error.status}`);
    return [`${name} was not measured: ${because}.`];
  }
  const failures = calmOutcomes.attempts - calmOutcomes.succeeded;
  if (failures === 0) return [];
  const rest = failed ? '' : '; the figures are of those that succeeded';
  return [
    `${name}: ${number(failures)} of ${number(calmOutcomes.attempts)} requests failed (${kindsOf(calmOutcomes)})${rest}.`,
  ];
}

/** It may have died, and an overload may drown a target. */
function silent({ name, silences }: TargetSummary): string[] {
  return silences.map(
    ({ scenario, ...outcomes }) =>
      `${name} answered none of the last ${number(outcomes.attempts)} requests of ${scenario} with success (${kindsOf(outcomes)}).`,
  );
}

function kindsOf({ timeouts, connectionErrors, malformed, refused }: TargetSummary['outcomes']): string {
  const kinds = [
    [timeouts, 'timed out'],
    [connectionErrors, 'without a connection'],
    [malformed, 'answered with what is no HTTP'],
    [refused, 'refused'],
  ] as const;
  return kinds.flatMap(([count, kind]) => (count === 0 ? [] : [`${number(count)} ${kind}`])).join(', ');
}

/** From so many times the median on, and a second at least, a request that has no answer yet hangs. */
const hanging = { medians: 10, ms: 1000 };

/** What had no answer when a block of throughput ended is in no count: a few are usual, but not for long. */
function hung({ name, throughput }: TargetSummary): string[] {
  const { underway, median } = throughput ?? {};
  if (underway === undefined || median === undefined) return [];
  if (underway.oldestMs < Math.max(hanging.ms, hanging.medians * median.value)) return [];
  return [
    `${name}: ${counted(underway.requests, 'request')} had no answer when a block of throughput ended, the oldest for ${duration(underway.oldestMs)}; they are in no count.`,
  ];
}

function tooFew({ targets, comparisons }: Summary): string[] {
  const unbounded = targets.filter(({ latency }) => latency !== undefined && !Number.isFinite(latency.p95.high));
  const scarce = comparisons.filter((comparison) => !hasEnough(comparison));
  const scarceFigures = [...new Set(scarce.map(({ figure }) => figure))];
  return [
    ...scarceFigures.map((figure) => {
      const of = scarce.filter((each) => each.figure === figure);
      const [least, most] = [Math.min, Math.max].map((bound) => bound(...of.map(({ pairs }) => pairs)));
      const names = [...new Set(of.flatMap(({ a, b }) => [a, b]))];
      return `Too few samples: ${figure} of ${listed(names)} was compared over ${least === most ? '' : 'at most '}${counted(most ?? 0, 'pair')} of blocks alone, so it decides nothing.`;
    }),
    ...[...new Set(unbounded.map(({ latency }) => latency?.succeeded ?? 0))].map((count) => {
      const names = unbounded.filter(({ latency }) => latency?.succeeded === count).map(({ name }) => name);
      const [each, its] = names.length > 1 ? [' each', 'their'] : ['', 'its'];
      return `Too few samples: ${counted(count, 'success', 'successes')}${each} of ${listed(names)} give ${its} p95 no upper bound.`;
    }),
  ];
}
