import { profiles } from '../../bench/record/index.ts';
import { countShown, figuresShown } from './comparison.ts';
import { type Machine, machine } from './simulated.ts';

/** Machines that forget their state within a block, and that keep it for several. */
export const machines = [1000, 10_000].map((memory): Machine => ({ ...machine, drift: { ...machine.drift, memory } }));

/** How many of so many simulated runs of a profile show that the second target is slower by a share of its time. */
export function runsShown(on: Machine, profile: keyof typeof profiles, slower: number, runs: number) {
  return countShown(runs, (seed) => figuresShown(on, profiles[profile], 1 + slower, seed));
}
