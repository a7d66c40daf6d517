import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mean, meanEstimate, quantile, quantileEstimate } from './interval.ts';
import { seeded } from './random.ts';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 200 });

test('the mean interval is the one that SciPy gives', () => {
  // scipy.stats.t.interval(0.95, 4, loc=4, scale=scipy.stats.sem([1, 2, 3, 4, 10]))
  const { value, low, high } = meanEstimate([1, 2, 3, 4, 10]);
  expect(value).toBe(4);
  expect(low).toBeCloseTo(-0.3899451, 6);
  expect(high).toBeCloseTo(8.3899451, 6);
});

test('one value has a mean without bounds', () => {
  expect(meanEstimate([3])).toEqual({ value: 3, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
});

test('quantiles interpolate as NumPy does by default', () => {
  expect(quantile([1, 2, 4, 8], 0.5)).toBe(3);
  expect(quantile([1, 2, 4, 8], 0.9)).toBeCloseTo(6.8, 12);
});

test('a quantile lies between the least and the greatest value', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, p) => {
      const sorted = list.toSorted((a, b) => a - b);
      const at = quantile(sorted, p);
      expect(at).toBeGreaterThanOrEqual(sorted[0] ?? Number.NaN);
      expect(at).toBeLessThanOrEqual(sorted.at(-1) ?? Number.NaN);
    }),
  );
});

describe('the interval of a quantile', () => {
  test('of the median of 1 to 100 runs between the 40th and the 61st value', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(quantileEstimate(hundred, 0.5)).toEqual({ value: 50.5, low: 40, high: 61 });
  });

  test('has no upper bound where too few values reach it', () => {
    expect(quantileEstimate([1, 2, 3, 4, 5], 0.95).high).toBe(Number.POSITIVE_INFINITY);
  });

  test('holds its own quantile', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.9, 0.95), (list, p) => {
        const { value, low, high } = quantileEstimate(list, p);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  test('holds the true median in at least 95 of 100 trials, up to chance', () => {
    const random = seeded(7);
    let held = 0;
    for (let trial = 0; trial < 1000; trial += 1) {
      const { low, high } = quantileEstimate(
        Array.from({ length: 60 }, () => random(0, 1_000_000)),
        0.5,
      );
      if (low <= 500_000 && 500_000 <= high) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(930);
  });
});

test('the mean lies within its interval', () => {
  fc.assert(
    fc.property(values, (list) => {
      const { low, high } = meanEstimate(list);
      expect(low).toBeLessThanOrEqual(mean(list));
      expect(high).toBeGreaterThanOrEqual(mean(list));
    }),
  );
});
