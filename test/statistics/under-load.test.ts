import { expect, test } from 'vitest';
import type { Sample } from '../../bench/load/index.ts';
import { profiles } from '../../bench/record/index.ts';
import { judge } from '../../bench/report/index.ts';
import { type Random, seeded } from '../../bench/stats/index.ts';
import { summarise } from '../../bench/summary/index.ts';
import { makeManifest, makeSample } from '../double/run.ts';
import { machine, start } from './simulated.ts';

const { rate, seconds } = profiles.quick.autoscaling;
const { requests, blocks } = profiles.quick.latency;

/** A service of 5 ms, alone and then under load, which meets one stall of a second there in half of the runs. */
function serve(target: string, random: Random): Sample[] {
  const next = start({ ...machine, usual: 5 }, random);
  const alone = Array.from({ length: requests }, (_, at) =>
    makeSample({ target, block: Math.floor((at * blocks) / requests), intended: 0, answered: next() }),
  );
  const stall = random(0, 1) === 0 ? random(0, seconds * 1000) : Number.POSITIVE_INFINITY;
  let free = 0;
  const load = Array.from({ length: rate * seconds }, (_, at) => {
    const intended = (1000 * at) / rate;
    if (intended >= stall && free < stall + 1000) free = stall + 1000;
    free = Math.max(free, intended) + next();
    return makeSample({ target, scenario: 'autoscaling', intended, answered: free });
  });
  return [...alone, ...load];
}

/** What a run says of two targets that are alike. */
function verdictOf(seed: number): string {
  const random = seeded(seed);
  const manifest = makeManifest();
  const names = manifest.targets.map(({ name }) => name);
  const events = names.flatMap((target) => [
    { kind: 'answer' as const, time: 0, target, photo: 'cat.jpg', status: 200 },
    { kind: 'load' as const, time: 0, scenario: 'autoscaling', target, edge: 'start' as const },
  ]);
  const samples = names.flatMap((target) => serve(target, random));
  return judge(summarise({ manifest, samples, events }), 'complete').sentence;
}

test('of two targets that are alike, one is said not to keep up with the load in at most 1 of 20 runs', () => {
  const said = Array.from({ length: 200 }, (_, index) => verdictOf(index + 1));
  expect(said.filter((sentence) => sentence.includes('under load its p95')).length).toBeLessThanOrEqual(10);
});
