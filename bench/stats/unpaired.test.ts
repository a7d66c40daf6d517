import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantileOfBlocks, ratioOfBlocks } from './block-figure.ts';
import { mean, quantile } from './interval.ts';
import { shareEstimate } from './proportion.ts';
import { seeded } from './random.ts';
import { scatterOf } from './scatter.ts';
import { unpairedChange } from './unpaired.ts';

const values = fc.array(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), { minLength: 2 });

test('a quantile of blocks that count once is that of all values', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (blocks, p) => {
      const all = blocks.flat().toSorted((a, b) => a - b);
      expect(quantileOfBlocks(blocks, p).of(blocks.map(() => 1))).toBeCloseTo(quantile(all, p), 6);
    }),
  );
});

test('a block that counts twice is there twice', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (blocks, p) => {
      const twice = [...blocks, ...blocks.slice(0, 1)].flat().toSorted((a, b) => a - b);
      const weights = blocks.map((_, index) => (index === 0 ? 2 : 1));
      expect(quantileOfBlocks(blocks, p).of(weights)).toBeCloseTo(quantile(twice, p), 6);
    }),
  );
});

test('the scatter of a mean is its standard error, to what the draws leave open', () => {
  const amounts = [5, 7, 6, 9, 4, 8, 6, 7, 5, 3];
  const error = scatterOf(ratioOfBlocks(amounts.map((amount) => ({ amount, count: 1 })))).standardError;
  const centre = mean(amounts);
  const known = Math.sqrt(amounts.reduce((sum, each) => sum + (each - centre) ** 2, 0) / (10 * 9));
  expect(error / known).toBeGreaterThan(0.85);
  expect(error / known).toBeLessThan(1.15);
});

test('an error that all blocks share is on top of their scatter', () => {
  const figure = ratioOfBlocks([5, 5, 5].map((amount) => ({ amount, count: 1 })));
  // Half of an interval with t of two degrees of freedom (R: qt).
  expect(scatterOf({ ...figure, sharedError: 4.30265 }).standardError).toBeCloseTo(1, 5);
  expect(scatterOf(figure).standardError).toBe(0);
});

describe('a change', () => {
  const a = { value: 10, standardError: 0.3, freedom: 9 };
  const b = { value: 11, standardError: 0.4, freedom: 9 };

  test('has Welch’s interval', () => {
    // 1 ± t(0.975; 0.25^2 / (0.09^2 / 9 + 0.16^2 / 9) = 16.69 degrees) * 0.5; t = 2.1130 (R: qt).
    const { value, low, high } = unpairedChange(a, b);
    expect(value).toBe(1);
    expect(low).toBeCloseTo(1 - 0.5 * 2.113, 3);
    expect(high).toBeCloseTo(1 + 0.5 * 2.113, 3);
  });

  test('of blocks of which there is one has no interval, and its noise is unknown', () => {
    const one = scatterOf(ratioOfBlocks([{ amount: 5, count: 1 }]));
    expect(unpairedChange(one, b)).toMatchObject({ value: 6, low: -Infinity, high: Infinity, shown: 'noise unknown' });
  });

  test('from zero is no share of it', () => {
    expect(unpairedChange({ ...a, value: 0 }, b).relative).toBeUndefined();
  });

  test('is found in both intervals or in neither, and is turned round when the runs are', () => {
    const scatter = fc.record({
      value: fc.double({ min: 1, max: 100, noNaN: true }),
      standardError: fc.double({ min: 0.001, max: 20, noNaN: true }),
      freedom: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(scatter, scatter, (first, second) => {
        const change = unpairedChange(first, second);
        const { low, high } = change.relative ?? { low: Number.NaN, high: Number.NaN };
        // Rounding decides at the very edge.
        fc.pre(Math.min(Math.abs(change.low), Math.abs(change.high)) > 1e-6);
        if (Number.isFinite(low)) {
          expect([low > 0, high < 0]).toEqual([change.shown === 'higher', change.shown === 'lower']);
        }
        expect(unpairedChange(second, first).low).toBeCloseTo(-change.high, 9);
      }),
    );
  });

  test('is shown in about one in twenty comparisons of things that are alike', () => {
    const random = seeded(3);
    const blocks = (): number[][] =>
      Array.from({ length: 10 }, () => {
        const shift = random(0, 1000) / 1000;
        return Array.from({ length: 15 }, () => 5 + shift + (random(1, 1000) / 1000) ** 4 * 5);
      });
    const scatter = () => scatterOf(quantileOfBlocks(blocks(), 0.95));
    const trials = 150;
    const shown = Array.from({ length: trials }, () => unpairedChange(scatter(), scatter()).shown);
    // More than 15 of 150 would come once in 300 times if the share were 5 %.
    expect(shown.filter((each) => each !== 'none').length).toBeLessThanOrEqual(15);
  });
});

test.each([
  // R: binom.test
  [0, 150, 0, 0.02429],
  [3, 50, 0.01255, 0.16548],
  [10, 10, 0.6915, 1],
])('the share %d of %d has the exact interval', (count, trials, low, high) => {
  const share = shareEstimate(count, trials);
  expect(share.low).toBeCloseTo(low, 4);
  expect(share.high).toBeCloseTo(high, 4);
});
