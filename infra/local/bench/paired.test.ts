import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, medianInterval, shuffled } from './paired.ts';

const numbers = fc.array(fc.integer(), { minLength: 1, maxLength: 100 });

test.each([
  [[3], 3],
  [[1, 3], 2],
  [[9, 1, 5], 5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

// Ranks from tables of the sign test.
test.each([
  [6, 1],
  [10, 2],
  [20, 6],
  [40, 14],
])('the interval of %i values goes from the %ith to that far from the end', (count, rank) => {
  const values = Array.from({ length: count }, (_, index) => index + 1);
  expect(medianInterval(values)).toEqual([rank, count + 1 - rank]);
});

test('the interval holds the median', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 6, maxLength: 100 }), (values) => {
      const [low, high] = medianInterval(values);
      expect(low).toBeLessThanOrEqual(median(values));
      expect(high).toBeGreaterThanOrEqual(median(values));
    }),
  );
});

test('fewer than six values have none', () => {
  expect(() => medianInterval([1, 2, 3, 4, 5])).toThrow('needs six values, not 5');
});

test('a shuffled list has the same items', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      expect(shuffled(values).sort((a, b) => a - b)).toEqual(values.toSorted((a, b) => a - b));
    }),
  );
});

test('every order comes up', () => {
  const orders = new Set(Array.from({ length: 1000 }, () => shuffled(['a', 'b', 'c']).join('')));
  expect(orders.size).toBe(6);
});
