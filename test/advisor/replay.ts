import { type Outcome, type System, simulate } from '../../advise/simulate/index.ts';
import { sharedCounts, sharedTimes } from '../../advise/traffic/index.ts';

/** Simulates requests at exactly these seconds. */
export function replay(system: System, times: readonly number[], seconds: number): Outcome {
  const counts = Array.from({ length: seconds }, (_, slot) => times.filter((time) => Math.floor(time) === slot).length);
  const traffic = { source: 'double', slotSeconds: 1, counts: sharedCounts(counts), placing: 'random' as const };
  const [outcome] = simulate({ ...traffic, times: sharedTimes(times) }, [system], { seed: 1, limit: 1 });
  if (outcome === undefined) throw new Error('nothing was simulated');
  return outcome;
}

/** So many requests a second, evenly, from one second to another. */
export function evenly(perSecond: number, from: number, to: number): number[] {
  return Array.from({ length: Math.round((to - from) * perSecond) }, (_, index) => from + index / perSecond);
}

/** How many replicas there were from which second on, rounded to milliseconds. */
export function timeline(outcome: Outcome): [number, number][] {
  const changes = outcome.use.replicas?.changes ?? [];
  return changes.map(([time, replicas]) => [Math.round(time * 1000) / 1000, replicas]);
}
