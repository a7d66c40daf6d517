import { succeeded } from '../../load/index.ts';
import type { Summary } from '../../summary/index.ts';
import { duration } from '../format.ts';
import { isLate } from './late.ts';

/** Of the latency that includes it: from where on a late client is worth a word. */
const lateShare = 0.05;

/** What else to know of the figures of a run, a sentence each. */
export function findCautions({ targets, lateness, notes }: Summary): string[] {
  const scaled = targets.flatMap(({ name, throughput }) =>
    (throughput?.replicas ?? 1) > 1
      ? [`${name} went to ${throughput?.replicas} replicas while throughput was measured.`]
      : [],
  );
  const late = worstOf(lateness.filter((sending) => isLate(sending, lateShare))).map(
    ({ scenario, target, p99Ms }) =>
      `The client sent late to ${target} in ${scenario} (${duration(p99Ms)} at the 99th percentile); its latency there includes that.`,
  );
  const warm = targets.flatMap(({ name, coldStart }) =>
    coldStart !== undefined && coldStart.warm > 0
      ? [
          `${name}: ${coldStart.warm} of the trials from zero were answered by a replica that was there before, and do not count.`,
        ]
      : [],
  );
  const strange = targets
    .filter(({ answers }) => answers.some((answer) => succeeded(answer) && answer.label === undefined))
    .map(
      ({ name }) =>
        `${name} answered the photos with something that is no classification: its figures are of whatever that is.`,
    );
  const synthetic = targets.some(({ answers }) => answers.some(({ weights }) => weights === 'synthetic'));
  return [
    ...strange,
    ...scaled,
    ...late,
    ...warm,
    ...(synthetic ? ['synthetic weights: timings hold, labels do not.'] : []),
    ...notes,
  ];
}

/** Of several loads of a scenario on a target, the one that was sent the latest. */
function worstOf(lateness: Summary['lateness']): Summary['lateness'] {
  const downwards = lateness.toSorted((a, b) => b.p99Ms - a.p99Ms);
  return downwards.filter(
    ({ scenario, target }, index) =>
      downwards.findIndex((other) => other.scenario === scenario && other.target === target) === index,
  );
}
