import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantileOfBlocks } from './block-figure.ts';
import { quantile } from './interval.ts';

test('a block that counts several times is as if its values were there as often', () => {
  const value = fc.integer({ min: -1000, max: 1000 });
  const block = fc.record({ values: fc.array(value, { minLength: 1, maxLength: 9 }), weight: fc.nat(4) });
  const blocks = fc.array(block, { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(blocks, fc.constantFrom(0, 0.5, 0.95, 1), (list, p) => {
      fc.pre(list.some(({ weight }) => weight > 0));
      const repeated = list.flatMap(({ values, weight }) => Array<number[]>(weight).fill(values).flat());
      const figure = quantileOfBlocks(
        list.map(({ values }) => values),
        p,
      );
      const expected = quantile(
        repeated.sort((a, b) => a - b),
        p,
      );
      expect(figure.of(list.map(({ weight }) => weight))).toBeCloseTo(expected, 9);
    }),
  );
});
