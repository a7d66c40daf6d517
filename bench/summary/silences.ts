import { type Sample, succeeded } from '../load/index.ts';
import { countOutcomes, type Outcomes } from './outcomes.ts';

/** The last requests of a scenario, none of which succeeded: the target was drowned, or is gone. */
export interface Silence extends Outcomes {
  scenario: string;
  /** From the first of them to the last answer, or failure. */
  lastedMs: number;
}

/** Fewer than that are what any overload leaves behind. */
const fewest = 10;

/** In which of these scenarios a target had no success any more from some request on, by when they were sent. */
export function silences(samples: readonly Sample[], scenarios: readonly string[]): Silence[] {
  return scenarios.flatMap((scenario) => {
    const own = samples.filter((sample) => sample.scenario === scenario).toSorted((a, b) => a.sent - b.sent);
    const last = own.slice(own.findLastIndex(succeeded) + 1);
    const lastedMs = (last.at(-1)?.answered ?? 0) - (last[0]?.sent ?? 0);
    return last.length < fewest ? [] : [{ scenario, lastedMs, ...countOutcomes(last) }];
  });
}
