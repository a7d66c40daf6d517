import { expect, test } from 'vitest';
import { trendOf } from './holdings.ts';

const holdings = (resident: (index: number) => number, handles: (index: number) => number) =>
  Array.from({ length: 40 }, (_, index) => ({ resident: resident(index), handles: handles(index) }));

test('memory that settles, with a peak now and then, is flat', () => {
  const series = holdings(
    (i) => (i < 8 ? i * 20e6 : 160e6) + (i % 7 === 0 ? 90e6 : 0),
    (i) => 30 + (i % 3),
  );
  expect(trendOf({ name: 'p', holdings: series }).flat).toBe(true);
});

test('memory that grows is not', () => {
  expect(
    trendOf({
      name: 'p',
      holdings: holdings(
        (i) => 100e6 + i * 4e6,
        () => 30,
      ),
    }).flat,
  ).toBe(false);
});

test('handles that grow are not', () => {
  expect(
    trendOf({
      name: 'p',
      holdings: holdings(
        () => 100e6,
        (i) => 30 + i,
      ),
    }).flat,
  ).toBe(false);
});
