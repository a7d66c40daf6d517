import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bars, changes, evenly, outline } from './thin.ts';

const series = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 3000 });
const points = (values: readonly number[]) => values.map((value, seconds) => ({ seconds, value }));

test('a thinned list is short and keeps its ends', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 2, max: 50 }), (values, most) => {
      const kept = evenly(values, most);
      expect(kept.length).toBe(Math.min(values.length, most));
      expect([kept[0], kept.at(-1)]).toEqual([values[0], values.at(-1)]);
    }),
  );
});

test('the outline of a line is short, in order, and keeps its highest and lowest', () => {
  fc.assert(
    fc.property(series, (values) => {
      const kept = outline(points(values), 100);
      expect(kept.length).toBeLessThanOrEqual(100);
      expect(kept).toEqual(kept.toSorted((a, b) => a.seconds - b.seconds));
      const heights = kept.map(({ value }) => value);
      expect([Math.max(...heights), Math.min(...heights)]).toEqual([Math.max(...values), Math.min(...values)]);
    }),
  );
});

test('of a line of steps the changes and the ends are left', () => {
  expect(changes(points([1, 1, 1, 3, 3, 1, 1])).map(({ seconds }) => seconds)).toEqual([0, 3, 5, 6]);
});

test('bars are few and hold all that was counted', () => {
  fc.assert(
    fc.property(series, (values) => {
      const drawn = bars(points(values), values.length, 100);
      expect(drawn.length).toBeLessThanOrEqual(100);
      const total = drawn.reduce((sum, { from, to, value }) => sum + value * (to - from), 0);
      expect(total).toBeCloseTo(
        values.reduce((sum, value) => sum + value, 0),
        2,
      );
    }),
  );
});

test('a short run has a bar for each second', () => {
  expect(bars(points([4, 0, 2]), 3, 200)).toEqual([
    { from: 0, to: 1, value: 4 },
    { from: 1, to: 2, value: 0 },
    { from: 2, to: 3, value: 2 },
  ]);
});
