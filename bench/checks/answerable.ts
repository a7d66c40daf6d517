import { type Check, printCheck } from './check.ts';

/**
 * Refuses, before anything is measured, what a run of these targets and scenarios could never tell.
 *
 * @param scenarios has `all` that there are and those that are `chosen`.
 * @throws Error that says what to change.
 */
export function refuseUnanswerable(
  checks: readonly Check[],
  targets: readonly string[],
  scenarios: { all: readonly string[]; chosen: readonly string[] },
): void {
  for (const check of checks) {
    const text = printCheck(check);
    const [scenario = ''] = check.metric.name.split('.');
    refuseChange(check);
    if (check.target !== undefined && !targets.includes(check.target)) {
      throw new Error(`“${text}”: there is no target ${check.target}, only ${targets.join(', ')}`);
    }
    if (scenarios.all.includes(scenario) && !scenarios.chosen.includes(scenario)) {
      throw new Error(`“${text}” needs the scenario ${scenario}; add it, or leave --scenario out`);
    }
  }
}

/** @throws Error when the check is on a change, of which a single run has none. */
export function refuseChange(check: Check): void {
  if (check.verb !== undefined) throw new Error(`“${printCheck(check)}” needs two runs; give it to faceoff compare`);
}
