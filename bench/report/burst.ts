import type { BurstStart, BurstTrial, Summary, TargetSummary } from '../summary/index.ts';
import { counted, duration, estimate, number, perSecond, share } from './format.ts';
import type { Table } from './tables/index.ts';

/** What bursts did to one target, a sentence for each start. */
export function describeBurst({ name, burst }: Pick<TargetSummary, 'name' | 'burst'>): string[] {
  return (burst?.starts ?? []).map((start) => {
    const from = `${name}, from ${counted(start.from, 'replica')},`;
    const { holdsAfterSeconds, trials, recovered } = start;
    if (holdsAfterSeconds === undefined) return `${from} does not keep the objective before the burst is over.`;
    const often = recovered < trials ? ` in ${recovered} of ${trials} bursts` : '';
    if (holdsAfterSeconds.value === 0) return `${from} keeps the objective from the beginning${often}.`;
    return `${from} keeps it again after ${duration(holdsAfterSeconds.value * 1000)}${often}.`;
  });
}

/** What bursts did to each target, a row for each start; absent when there was none. */
export function burstTable({ targets }: Summary): Table | undefined {
  const [first] = targets.flatMap(({ burst }) => (burst === undefined ? [] : [burst]));
  if (first === undefined) return undefined;
  return {
    title: 'Burst',
    caption: `From no load to ${perSecond(first.perSecond)} at once, with autoscaling on. The objective (${first.objective}) holds again from the first moment after which every window of the burst keeps it. A window in which too many fail does not keep it. Late are requests answered past its limit. Figures are means over bursts, the time their median, with 95 % intervals.`,
    alike: true,
    columns: ['Target and replicas before', 'Holds again after', 'Late', 'Failed', 'Replicas, at most'],
    rows: targets.flatMap(({ name, burst }) =>
      (burst?.starts ?? []).map((start) => [
        `${name}, from ${number(start.from)}`,
        holdsAgain(start),
        shareOf(start.lateShare, start.trials),
        shareOf(start.failedShare, start.trials),
        mostReplicas(burst?.trials ?? [], start.from),
      ]),
    ),
  };
}

function holdsAgain({ holdsAfterSeconds, recovered, trials }: BurstStart): string {
  if (holdsAfterSeconds === undefined) return 'not within the burst';
  const { value, low, high } = holdsAfterSeconds;
  const after = estimate({ value: value * 1000, low: low * 1000, high: high * 1000 }, duration);
  const alone = value === 0 ? 'at once' : duration(value * 1000);
  const shown = trials === 1 ? alone : after;
  return recovered < trials ? `${shown} in ${recovered} of ${trials} bursts` : shown;
}

function shareOf(of: BurstStart['lateShare'], trials: number): string {
  return trials === 1 ? share(of.value) : estimate(of, share);
}

function mostReplicas(trials: readonly BurstTrial[], from: number): string {
  const peaks = trials.flatMap((trial) =>
    trial.from === from && trial.peakReplicas !== undefined ? [trial.peakReplicas] : [],
  );
  return peaks.length === 0 ? '–' : number(Math.max(...peaks));
}
