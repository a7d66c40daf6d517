import { profiles } from '../../bench/record/index.ts';
import { seeded } from '../../bench/stats/index.ts';
import { summarise } from '../../bench/summary/index.ts';
import { makeManifest, makeSample } from '../double/run.ts';
import { interleaved, type Machine, start } from './simulated.ts';

/**
 * Whether a run of a profile's latency scenario shows a difference between two targets on a simulated machine, the
 * second of them slower by a factor: samples, summary and comparison are those of a real run.
 */
export function showsDifference(
  machine: Machine,
  profile: keyof typeof profiles,
  slowness: number,
  seed: number,
): boolean {
  const random = seeded(seed);
  const { requests, blocks, warmup } = profiles[profile].latency;
  const size = { slowness: [1, slowness], requests: requests / blocks, blocks, warmup };
  const names = ['server', 'serverless'];
  const samples = interleaved(start(machine, random), size, random).flatMap((target, index) =>
    target.flatMap((times, block) =>
      times.map((time) => makeSample({ target: names[index] ?? '', block, intended: 1000, answered: 1000 + time })),
    ),
  );
  const { comparisons } = summarise({ manifest: makeManifest(), samples, events: [] });
  return comparisons.some(({ difference }) => difference.higher !== 'none shown');
}

/** In how many of so many runs, each with a seed of its own. */
export function countShown(trials: number, shows: (seed: number) => boolean): number {
  return Array.from({ length: trials }, (_, index) => shows(index + 1)).filter(Boolean).length;
}
