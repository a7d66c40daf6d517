import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakEvens, logSpaced } from './break-even.ts';

const rates = logSpaced(0.001, 1000, 121);

test('rates go from one end to the other, each in the same ratio to the one before', () => {
  expect(logSpaced(0.01, 100, 5)).toEqual([0.01, 0.1, 1, 10, 100].map((rate) => expect.closeTo(rate, 9)));
});

test('a price for each request meets a fixed one where they are equal', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.002, max: 900, noNaN: true }), (meeting) => {
      const found = breakEvens(
        (rate) => rate * 3,
        () => meeting * 3,
        rates,
      );
      expect(found).toEqual([{ rate: expect.closeTo(meeting, 6), cheaperBelow: 'a' }]);
    }),
  );
});

test('a cost that goes up in a step changes places there', () => {
  const [found] = breakEvens(
    (rate) => (rate <= 5 ? 1 : 10),
    () => 4,
    rates,
  );
  expect(found).toEqual({ rate: expect.closeTo(5, 9), cheaperBelow: 'a' });
});

test('steps may change places more than once', () => {
  const found = breakEvens(
    (rate) => rate,
    (rate) => Math.ceil(rate / 10) * 8,
    rates,
  );
  expect(found.slice(0, 3)).toEqual([
    { rate: expect.closeTo(8, 6), cheaperBelow: 'a' },
    { rate: expect.closeTo(10, 6), cheaperBelow: 'b' },
    { rate: expect.closeTo(16, 6), cheaperBelow: 'a' },
  ]);
});

test('what is always cheaper, or always the same, never changes places', () => {
  expect(
    breakEvens(
      () => 1,
      () => 2,
      rates,
    ),
  ).toEqual([]);
  expect(
    breakEvens(
      () => 2,
      () => 2,
      rates,
    ),
  ).toEqual([]);
});
