import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded, shuffled } from './random.ts';

test('the same seed gives the same order', () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  expect(shuffled(items, seeded(5))).toEqual(shuffled(items, seeded(5)));
  expect(shuffled(items, seeded(5))).not.toEqual(shuffled(items, seeded(6)));
});

test('shuffling keeps every item', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      expect(shuffled(items, seeded(seed)).toSorted()).toEqual(items.toSorted());
    }),
  );
});
