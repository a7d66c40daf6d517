import { succeeded } from '../load/index.ts';
import type { Summary } from '../summary/index.ts';
import { duration, number } from './format.ts';

/** A client busier or later than this measures itself. */
const clientLimit = { cpuShare: 0.9, loopDelayP99Ms: 20 };

/** What weakens the figures of a run, a sentence each. */
export function findCautions(summary: Summary, status: string): string[] {
  const failures = summary.targets.flatMap(({ name, outcomes, failed, answers }) => {
    const lost = outcomes.attempts - outcomes.succeeded;
    if (outcomes.attempts === 0 && answers.some(succeeded)) {
      return failed ? [`${name} answered the first photos and then nothing more.`] : [];
    }
    if (outcomes.attempts === 0) {
      const error = answers.find((answer) => !succeeded(answer));
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
  const scaled = summary.targets.flatMap(({ name, throughput }) =>
    (throughput?.replicas ?? 1) > 1
      ? [`${name} went to ${throughput?.replicas} replicas while throughput was measured.`]
      : [],
  );
  const busy = summary.client
    .filter(
      ({ cpuShare, loopDelayP99Ms }) => cpuShare > clientLimit.cpuShare || loopDelayP99Ms > clientLimit.loopDelayP99Ms,
    )
    .map(({ scenario, cpuShare, loopDelayP99Ms }) => {
      const load = `${number(cpuShare * 100)} % of a core, its event loop ${duration(loopDelayP99Ms)} late at the 99th percentile`;
      return `The client itself was the bottleneck during ${scenario} (${load}): read its figures as a floor.`;
    });
  const warm = summary.targets.flatMap(({ name, coldStart }) =>
    coldStart !== undefined && coldStart.warm > 0
      ? [
          `${name}: ${coldStart.warm} of the trials from zero were answered by a replica that was there before, and do not count.`,
        ]
      : [],
  );
  const synthetic = summary.targets.some(({ answers }) => answers.some(({ weights }) => weights === 'synthetic'));
  return [
    ...(status === 'complete'
      ? []
      : [`The run did not come to its end (${status}): figures are of the samples taken so far.`]),
    ...failures,
    ...scaled,
    ...busy,
    ...warm,
    ...(synthetic ? ['synthetic weights: timings hold, labels do not.'] : []),
    ...summary.notes,
  ];
}
