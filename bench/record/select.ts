import type { Sample } from '../load/index.ts';
import type { RunEvent } from './event.ts';
import type { RunRecord } from './folder.ts';

/** The samples of one target in one scenario. */
export function samplesOf({ samples }: Pick<RunRecord, 'samples'>, target: string, scenario: string): Sample[] {
  return samples.filter((sample) => sample.target === target && sample.scenario === scenario);
}

/** The events of one target in one scenario. */
export function eventsOf({ events }: Pick<RunRecord, 'events'>, target: string, scenario: string): RunEvent[] {
  return events.filter((event) => event.target === target && 'scenario' in event && event.scenario === scenario);
}
