import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pairedDifference } from './difference.ts';
import { seeded } from './random.ts';

test('a steady difference is shown with its sign', () => {
  expect(
    pairedDifference([
      [10, 8],
      [11, 9.1],
      [30, 28.2],
      [12, 9.9],
    ]).higher,
  ).toBe('a');
  expect(
    pairedDifference([
      [8, 10],
      [9.1, 11],
      [28.2, 30],
      [9.9, 12],
    ]).higher,
  ).toBe('b');
});

test('an interval that holds zero shows no difference', () => {
  expect(
    pairedDifference([
      [10, 8],
      [8, 10],
      [9, 9.5],
      [9.5, 9],
    ]).higher,
  ).toBe('none shown');
});

test('one pair shows nothing', () => {
  expect(pairedDifference([[10, 1]]).higher).toBe('none shown');
});

test('swapping the targets turns the difference around', () => {
  const pair = fc.tuple(fc.double({ min: 0, max: 1e4, noNaN: true }), fc.double({ min: 0, max: 1e4, noNaN: true }));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 2, maxLength: 30 }), (pairs) => {
      const there = pairedDifference(pairs);
      const back = pairedDifference(pairs.map(([a, b]) => [b, a] as const));
      expect(back.value).toBeCloseTo(-there.value, 6);
      expect(back.higher).toBe(there.higher === 'a' ? 'b' : there.higher === 'b' ? 'a' : 'none shown');
    }),
  );
});

test('two targets alike are told apart in at most one of twenty trials, up to chance', () => {
  const random = seeded(11);
  let shown = 0;
  for (let trial = 0; trial < 1000; trial += 1) {
    const drift = random(0, 1000);
    const pairs = Array.from({ length: 10 }, () => [drift + random(0, 100), drift + random(0, 100)] as const);
    if (pairedDifference(pairs).higher !== 'none shown') shown += 1;
  }
  expect(shown).toBeLessThanOrEqual(75);
});

describe('the percentage', () => {
  const figure = fc.double({ min: 1, max: 1e4, noNaN: true });
  const pairs = fc.array(fc.tuple(figure, figure), { minLength: 2, maxLength: 30 });

  test('is that of the means', () => {
    const { percent } = pairedDifference([
      [11, 10],
      [22, 20],
      [32, 30],
    ]);
    expect(percent?.value).toBeCloseTo(100 * (65 / 60 - 1), 9);
  });

  test('leaves out zero where a difference is shown, and only there', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const { low, high, percent } = pairedDifference(list);
        fc.pre(Math.min(Math.abs(low), Math.abs(high)) > 1e-6 && Number.isFinite(percent?.low));
        expect(Math.sign(percent?.low ?? Number.NaN) === Math.sign(percent?.high ?? Number.NaN)).toBe(
          low > 0 || high < 0,
        );
      }),
    );
  });

  test('ends where Student’s t just rules a ratio out', () => {
    const list = [
      [10, 8],
      [11, 9.1],
      [13, 11.2],
      [12, 9.9],
    ] as const;
    for (const end of ['low', 'high'] as const) {
      const ratio = 1 + (pairedDifference(list).percent?.[end] ?? Number.NaN) / 100;
      const scaled = pairedDifference(list.map(([a, b]) => [a, ratio * b] as const));
      expect(Math.min(Math.abs(scaled.low), Math.abs(scaled.high))).toBeCloseTo(0, 6);
    }
  });

  test('is absent where the other figure is not above zero, and unbounded where it is not told from zero', () => {
    expect(
      pairedDifference([
        [1, 0],
        [2, 0],
      ]).percent,
    ).toBeUndefined();
    expect(
      pairedDifference([
        [1, 0.1],
        [2, 90],
      ]).percent,
    ).toMatchObject({ low: Number.NEGATIVE_INFINITY });
  });
});

test('a higher level asks for more', () => {
  const list = [
    [10, 9],
    [12, 10.9],
    [11, 10.1],
    [13, 12.2],
  ] as const;
  expect(pairedDifference(list, 0.95).higher).toBe('a');
  expect(pairedDifference(list, 0.9999).higher).toBe('none shown');
});
