import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanOverBlocks, quantileOverBlocks, ratioOverBlocks, shareOverBlocks } from './blocks.ts';
import { mean, meanEstimate, quantileEstimate } from './interval.ts';
import { shareEstimate } from './proportion.ts';

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const blocks = fc.array(fc.array(value, { minLength: 1, maxLength: 20 }), { minLength: 2, maxLength: 20 });
// Whole numbers, and quantiles in binary fractions, so that sums are exact.
const wholeBlocks = fc.array(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 20 }), {
  minLength: 2,
  maxLength: 20,
});
const share = fc.constantFrom(0.5, 0.9, 0.95, 0.99);
const alone = (values: readonly number[]) => values.map((each) => [each]);

test('the mean of blocks of one size has the interval of their means', () => {
  const size = fc.integer({ min: 1, max: 10 });
  const equal = size.chain((length) =>
    fc.array(fc.array(value, { minLength: length, maxLength: length }), { minLength: 2 }),
  );
  fc.assert(
    fc.property(equal, (lists) => {
      const over = meanOverBlocks(lists);
      const { low, high } = meanEstimate(lists.map(mean));
      expect(over.low).toBeCloseTo(low, 4);
      expect(over.high).toBeCloseTo(high, 4);
    }),
  );
});

test('a single block has figures without bounds', () => {
  const bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  expect(meanOverBlocks([[1, 3]])).toEqual({ value: 2, ...bounds });
  expect(quantileOverBlocks([[1, 3]], 0.5)).toEqual({ value: 2, ...bounds });
});

describe('a quantile over blocks', () => {
  test('of values that each stand alone has the order-statistic interval', () => {
    fc.assert(
      fc.property(fc.uniqueArray(value, { minLength: 2, maxLength: 200 }), share, (values, p) => {
        expect(quantileOverBlocks(alone(values), p)).toEqual(quantileEstimate(values, p));
      }),
    );
  });

  test('never has a narrower interval than without blocks', () => {
    fc.assert(
      fc.property(blocks, share, (lists, p) => {
        const over = quantileOverBlocks(lists, p);
        const without = quantileEstimate(lists.flat(), p);
        expect(over.low).toBeLessThanOrEqual(without.low);
        expect(over.high).toBeGreaterThanOrEqual(without.high);
        expect(over.value).toBe(without.value);
      }),
    );
  });

  test('of blocks that hold one value each time is as uncertain as one value a block', () => {
    const levels = Array.from({ length: 40 }, (_, index) => index + 1);
    const repeated = levels.map((level) => Array<number>(25).fill(level));
    const { low, high } = quantileOverBlocks(repeated, 0.5);
    const single = quantileEstimate(levels, 0.5);
    expect(Math.abs(low - single.low)).toBeLessThanOrEqual(1);
    expect(Math.abs(high - single.high)).toBeLessThanOrEqual(1);
  });

  test('moves and scales with its values', () => {
    fc.assert(
      fc.property(wholeBlocks, fc.constantFrom(0.5, 0.75), (lists, p) => {
        const moved = quantileOverBlocks(
          lists.map((list) => list.map((each) => 2 * each + 7)),
          p,
        );
        const { value, low, high } = quantileOverBlocks(lists, p);
        expect(moved).toEqual({ value: 2 * value + 7, low: 2 * low + 7, high: 2 * high + 7 });
      }),
    );
  });
});

describe('a share over blocks', () => {
  const counts = fc
    .integer({ min: 1, max: 50 })
    .chain((count) => fc.record({ sum: fc.integer({ min: 0, max: count }), count: fc.constant(count) }));
  const exactOf = (of: readonly { sum: number; count: number }[]) =>
    shareEstimate(
      of.reduce((total, { sum }) => total + sum, 0),
      of.reduce((total, { count }) => total + count, 0),
    );

  test('holds the exact interval and that of Student over the blocks, and nothing that is no share', () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 2, maxLength: 20 }), (blocks) => {
        fc.pre(blocks.some(({ count }) => count > 1));
        const { value, low, high } = shareOverBlocks(blocks);
        const [exact, student] = [exactOf(blocks), ratioOverBlocks(blocks)];
        expect(value).toBe(exact.value);
        expect(low).toBe(Math.max(0, Math.min(exact.low, student.low)));
        expect(high).toBe(Math.min(1, Math.max(exact.high, student.high)));
      }),
    );
  });

  test('does not tell a cluster of events in one block from none', () => {
    const blocks = Array.from({ length: 12 }, (_, block) => ({ sum: block === 4 ? 30 : 0, count: 50 }));
    expect(exactOf(blocks).low).toBeGreaterThan(0.03);
    expect(shareOverBlocks(blocks).low).toBe(0);
  });

  test('tells events that come in every block', () => {
    expect(shareOverBlocks(Array(12).fill({ sum: 5, count: 50 })).low).toBeGreaterThan(0.07);
  });

  test('is the exact one of a single block, and of trials that each stand alone', () => {
    expect(shareOverBlocks([{ sum: 3, count: 50 }])).toEqual(shareEstimate(3, 50));
    const alone = Array.from({ length: 50 }, (_, index) => ({ sum: index < 3 ? 1 : 0, count: 1 }));
    expect(shareOverBlocks(alone)).toEqual(shareEstimate(3, 50));
  });

  test('of a single trial has no bounds', () => {
    expect(shareOverBlocks([{ sum: 1, count: 1 }])).toEqual({
      ...{ value: 1, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY },
    });
  });
});
