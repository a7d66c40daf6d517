import { succeeded } from '../../load/index.ts';
import type { Summary } from '../../summary/index.ts';

/** What else to know of the figures of a run, a sentence each. */
export function findCautions({ targets, notes }: Summary): string[] {
  const scaled = targets.flatMap(({ name, throughput }) =>
    (throughput?.replicas ?? 1) > 1
      ? [`${name} went to ${throughput?.replicas} replicas while throughput was measured.`]
      : [],
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
    ...warm,
    ...(synthetic ? ['synthetic weights: timings hold, labels do not.'] : []),
    ...notes,
  ];
}
