import fc from 'fast-check';
import { expect, test } from 'vitest';
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
