import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantileOfBlocks } from './block-figure.ts';
import { bootstrapDifference } from './bootstrap.ts';
import { quantile } from './interval.ts';

const value = fc.double({ min: 1, max: 1e4, noNaN: true });
const list = fc.array(value, { minLength: 1, maxLength: 8 });
const pairs = fc.array(fc.tuple(list, list), { minLength: 2, maxLength: 10 });
const draws = 100;

function compare(lists: readonly (readonly [number[], number[]])[], p = 0.95, seed = 1) {
  const of = (side: 0 | 1) =>
    quantileOfBlocks(
      lists.map((pair) => pair[side]),
      p,
    );
  return bootstrapDifference(of(0), of(1), { draws, seed });
}

test('the difference is that of the quantiles of all values', () => {
  fc.assert(
    fc.property(pairs, (lists) => {
      const all = (side: 0 | 1) => lists.flatMap((pair) => pair[side]).sort((a, b) => a - b);
      expect(compare(lists).value).toBeCloseTo(quantile(all(0), 0.95) - quantile(all(1), 0.95), 6);
    }),
    { numRuns: 50 },
  );
});

test('the same data and seed give the same interval, another seed another', () => {
  const lists = Array.from(
    { length: 9 },
    (_, block) =>
      [
        [block ** 2 + 3, 5],
        [block, 7 * block + 1],
      ] as [number[], number[]],
  );
  expect(compare(lists)).toEqual(compare(lists));
  expect(compare(lists, 0.95, 2)).not.toEqual(compare(lists));
});

test('swapping the targets turns the difference around', () => {
  fc.assert(
    fc.property(pairs, (lists) => {
      const there = compare(lists);
      const back = compare(lists.map(([a, b]) => [b, a] as const));
      expect(back.low).toBeCloseTo(-there.high, 6);
      expect(back.high).toBeCloseTo(-there.low, 6);
    }),
    { numRuns: 50 },
  );
});

test('the percentage and the difference show the same', () => {
  fc.assert(
    fc.property(pairs, (lists) => {
      const { higher, percent } = compare(lists);
      // Between two draws of opposite sign the two scales interpolate differently.
      if (higher === 'a') expect(percent?.high).toBeGreaterThan(0);
      if (higher === 'b') expect(percent?.low).toBeLessThan(0);
    }),
    { numRuns: 50 },
  );
});

test('a factor that hits both targets of a pair alike cancels', () => {
  const states = [1, 1.4, 0.7, 2, 1.1, 0.9, 1.7, 1.3];
  const lists = states.map((state) => [[10 * state], [9 * state]] as [number[], number[]]);
  const { percent, higher } = compare(lists, 0.5);
  expect(higher).toBe('a');
  expect(percent?.low).toBeLessThanOrEqual(percent?.high ?? Number.NaN);
});

test('one pair shows nothing', () => {
  expect(compare([[[10], [1]]])).toMatchObject({ value: 9, higher: 'none shown', low: Number.NEGATIVE_INFINITY });
});

test('a percentage of nothing is absent', () => {
  expect(
    compare([
      [[1], [0]],
      [[2], [0]],
    ]).percent,
  ).toBeUndefined();
});

test('different numbers of blocks are refused', () => {
  expect(() => bootstrapDifference(quantileOfBlocks([[1], [2]], 0.5), quantileOfBlocks([[1]], 0.5))).toThrow(
    '2 blocks cannot be paired with 1',
  );
});
