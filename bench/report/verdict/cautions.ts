import { succeeded } from '../../load/index.ts';
import type { Summary } from '../../summary/index.ts';
import { duration, listed } from '../format.ts';
import { lateSendings } from './late.ts';

/** Of the latency that includes it: from where on a late client is worth a word. */
const lateShare = 0.05;

/** What else to know of the figures of a run, a sentence each. */
export function findCautions({ targets, lateness, notes }: Summary): string[] {
  const scaled = targets.flatMap(({ name, throughput }) =>
    (throughput?.replicas ?? 1) > 1
      ? [`${name} went to ${throughput?.replicas} replicas while throughput was measured.`]
      : [],
  );
  const late = describeLate(lateSendings(lateness, lateShare));
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

/** A sentence for each scenario. */
function describeLate(late: Summary['lateness']): string[] {
  return [...new Set(late.map(({ scenario }) => scenario))].map((scenario) => {
    const own = late.filter((sending) => sending.scenario === scenario);
    const to = listed(own.map(({ target, p99Ms }) => `${duration(p99Ms)} to ${target}`));
    return `The client sent late in ${scenario} (${to}, at the 99th percentile); latency there includes that.`;
  });
}
