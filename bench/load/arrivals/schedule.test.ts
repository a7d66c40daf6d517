import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Arrivals, arrivalsSchema } from './arrivals.ts';
import { schedule } from './schedule.ts';

const rate = fc.double({ min: 0.1, max: 500, noNaN: true });
const seconds = fc.double({ min: 0.1, max: 20, noNaN: true });
const seed = fc.integer();
const steps = fc.array(fc.record({ rate: fc.oneof(fc.constant(0), rate), seconds }), { minLength: 1, maxLength: 5 });
const seeded: fc.Arbitrary<Arrivals> = fc.oneof(
  fc.record({ kind: fc.constant('poisson' as const), rate, seconds, seed }),
  fc.record({ kind: fc.constant('step' as const), steps, seed }),
);
const any: fc.Arbitrary<Arrivals> = fc.oneof(
  seeded,
  fc.record({ kind: fc.constant('constant' as const), rate, seconds }),
  fc.record({ kind: fc.constant('step' as const), steps }),
);
const times = (arrivals: Arrivals): number[] => [...schedule(arrivals)];

/** Milliseconds that the arrivals may last. */
function duration(arrivals: Arrivals): number {
  const stretches = arrivals.kind === 'step' ? arrivals.steps : 'seconds' in arrivals ? [arrivals] : [];
  return stretches.reduce((sum, { seconds }) => sum + seconds * 1000, 0);
}

test('times never go back, and lie between the start and the end', () => {
  fc.assert(
    fc.property(any, (arrivals) => {
      const all = times(arrivals);
      expect(all.every((time, index) => time >= (all[index - 1] ?? 0))).toBe(true);
      expect(all.at(-1) ?? 0).toBeLessThanOrEqual(duration(arrivals));
    }),
  );
});

test('a constant rate spaces requests evenly, and sends as many as fit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 20 }), (rate, seconds) => {
      const all = times({ kind: 'constant', rate, seconds });
      expect(all).toHaveLength(rate * seconds);
      expect(Math.max(...all.map((time, index) => Math.abs(time - (index * 1000) / rate)))).toBeLessThan(1e-6);
    }),
  );
});

test('the same seed gives the same times', () => {
  fc.assert(
    fc.property(seeded, (arrivals) => {
      expect(times(arrivals).join()).toBe(times(arrivals).join());
    }),
  );
});

test('another seed gives other times', () => {
  const poisson = (seed: number) => times({ kind: 'poisson', rate: 10, seconds: 10, seed });
  expect(new Set([1, 2, 3, 4].map((seed) => poisson(seed)[0])).size).toBe(4);
});

// The count of a Poisson process has its mean as its variance; five standard deviations are not met by chance.
test.each([1, 2, 3])(
  'random arrivals with seed %i have the rate on average, and distances as spread as their mean',
  (seed) => {
    const all = times({ kind: 'poisson', rate: 100, seconds: 400, seed });
    expect(Math.abs(all.length - 40_000)).toBeLessThan(5 * Math.sqrt(40_000));
    const gaps = all.slice(1).map((time, index) => time - (all[index] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(Math.sqrt(variance) / mean).toBeCloseTo(1, 1);
  },
);

test('each step has its own rate, and a rate of 0 is a pause', () => {
  const all = times({
    kind: 'step',
    steps: [
      { rate: 2, seconds: 1 },
      { rate: 0, seconds: 1 },
      { rate: 4, seconds: 1 },
    ],
  });
  expect(all).toEqual([0, 500, 2000, 2250, 2500, 2750]);
});

test('a burst is the rate, a multiple of it, and the rate again', () => {
  const burst = { kind: 'burst' as const, rate: 1, factor: 4, beforeSeconds: 2, burstSeconds: 1, afterSeconds: 2 };
  expect(times(burst)).toEqual([0, 1000, 2000, 2250, 2500, 2750, 3000, 4000]);
});

test('recorded times come as they were', () => {
  expect(times({ kind: 'recorded', times: [0, 5, 5, 90] })).toEqual([0, 5, 5, 90]);
});

test('times are made as they are asked for', () => {
  const first = schedule({ kind: 'constant', rate: 1e6, seconds: 1e9 })[Symbol.iterator]().next();
  expect(first.value).toBe(0);
});

test.each([
  { kind: 'constant', rate: 0, seconds: 1 },
  { kind: 'poisson', rate: 1, seconds: Number.POSITIVE_INFINITY, seed: 1 },
  { kind: 'step', steps: [] },
  { kind: 'recorded', times: [5, 3] },
])('%j is refused', (arrivals) => {
  expect(arrivalsSchema.safeParse(arrivals).success).toBe(false);
});
