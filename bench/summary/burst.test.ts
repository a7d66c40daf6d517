import { expect, test } from 'vitest';
import { makeSample } from '../../test/double/run.ts';
import type { Sample } from '../load/index.ts';
import { profiles, type RunEvent } from '../record/index.ts';
import { type BurstFigures, summariseBurst } from './burst.ts';

const settings = {
  ...profiles.quick,
  burst: { rate: 20, factor: 5, seconds: 10, idleSeconds: 0, windowSeconds: 1, trials: 2 },
};
const start = 1_000_000;

/** A hundred requests a second for ten seconds, each as slow as `ms` says of its second. */
function burst(block: number, ms: (second: number) => number, status = (_: number) => 200): Sample[] {
  return Array.from({ length: 1000 }, (_, index) => {
    const intended = start + index * 10;
    const second = index / 100;
    const answered = intended + ms(second);
    return makeSample({ scenario: 'burst', block, intended, sent: intended, answered, status: status(second) });
  });
}

const load = (block: number, from: number, edges = ['start', 'end'] as const): RunEvent[] =>
  edges.map((edge) => {
    const time = edge === 'start' ? start : start + 10_500;
    return { kind: 'load', time, scenario: 'burst', target: 'server', edge, block, from };
  });
const replicas = (time: number, ready: number): RunEvent => ({
  ...{ kind: 'replicas', time, scenario: 'burst', target: 'server', ready, desired: ready },
});

function summary(samples: Sample[], events: RunEvent[]): BurstFigures {
  const figures = summariseBurst(samples, events, settings);
  if (figures === undefined) throw new Error('figures are expected');
  return figures;
}

test('the objective holds again from the first window after which all keep it', () => {
  // Slow until 3 s, and once more between 5 s and 6 s: the windows from 6 s on are the first with none broken after.
  const ms = (second: number): number => (second < 3 || (second >= 5 && second < 6) ? 500 : 20);
  const [trial] = summary(burst(0, ms), load(0, 1)).trials;
  // 95 of 100 requests are enough, and windows begin every tenth of a second.
  expect(trial?.holdsAfterSeconds).toBeCloseTo(6, 9);
  expect(trial).toMatchObject({ attempts: 1000, late: 400, failed: 0 });
});

test('it holds from the beginning where no window breaks it', () => {
  const { starts } = summary(
    burst(0, () => 20),
    load(0, 1),
  );
  expect(starts[0]).toMatchObject({ recovered: 1, holdsAfterSeconds: { value: 0 } });
});

test('it does not hold again when the last window breaks it', () => {
  const { starts, trials } = summary(
    burst(0, (second) => (second > 9.5 ? 500 : 20)),
    load(0, 1),
  );
  expect(trials[0]).not.toHaveProperty('holdsAfterSeconds');
  expect(starts[0]).toMatchObject({ trials: 1, recovered: 0 });
});

test('failures break a window as lateness does', () => {
  const fails = (second: number): number => (second < 2 ? 503 : 200);
  const [trial] = summary(
    burst(0, () => 20, fails),
    load(0, 1),
  ).trials;
  expect(trial?.holdsAfterSeconds).toBeCloseTo(2, 9);
  expect(trial).toMatchObject({ failed: 200, late: 0 });
});

test('bursts from one replica and from none are told apart, and their trials put together', () => {
  const quick = () => 20;
  const slow = (second: number) => (second < 4 ? 500 : 20);
  const slower = (second: number) => (second < 6 ? 500 : 20);
  const samples = [...burst(0, quick), ...burst(1, slow), ...burst(2, quick), ...burst(3, slower)];
  const { starts } = summary(samples, [...load(0, 1), ...load(1, 0), ...load(2, 1), ...load(3, 0)]);
  expect(starts.map(({ from }) => from)).toEqual([1, 0]);
  expect(starts[1]).toMatchObject({ trials: 2, recovered: 2 });
  expect(starts[1]?.holdsAfterSeconds?.value).toBeCloseTo(5, 9);
  expect(starts[1]?.lateShare.value).toBeCloseTo(0.5, 9);
});

test('a burst that does not recover counts as one that takes longer than any other', () => {
  const slow = (second: number) => (second < 4 ? 500 : 20);
  const never = () => 500;
  const two = [...burst(0, slow), ...burst(1, never)];
  const loads = [...load(0, 1), ...load(1, 1)];
  expect(summary(two, loads).starts[0]).toMatchObject({ trials: 2, recovered: 1 });
  expect(summary(two, loads).starts[0]?.holdsAfterSeconds).toBeUndefined();
  const three = summary([...two, ...burst(2, () => 20)], [...loads, ...load(2, 1)]).starts[0];
  expect(three?.holdsAfterSeconds?.value).toBeCloseTo(4, 9);
});

test('a share of few trials has an interval within nothing and all', () => {
  const slow = (second: number) => (second < 4 ? 500 : 20);
  const slower = (second: number) => (second < 6 ? 500 : 20);
  const { starts } = summary([...burst(0, slow), ...burst(1, slower)], [...load(0, 1), ...load(1, 1)]);
  expect(starts[0]?.lateShare).toMatchObject({ low: 0, high: 1 });
});

test('replicas are those from just before the burst to its end', () => {
  const events = [replicas(start - 900, 5), replicas(start - 100, 1), ...load(0, 1)];
  events.push(replicas(start + 4000, 3), replicas(start + 60_000, 9));
  const [trial] = summary(
    burst(0, () => 20),
    events,
  ).trials;
  expect(trial?.replicas).toEqual([
    { seconds: 0, value: 1 },
    { seconds: 4, value: 3 },
  ]);
  expect(trial?.peakReplicas).toBe(3);
});

test('a burst that was stopped before its end is left out', () => {
  const samples = burst(0, () => 20);
  expect(summariseBurst(samples, load(0, 1).slice(0, 1), settings)).toBeUndefined();
});

test('a run of before there were bursts has none', () => {
  const { burst: _, objective: __, ...earlier } = settings;
  expect(summariseBurst([], [], earlier)).toBeUndefined();
});
