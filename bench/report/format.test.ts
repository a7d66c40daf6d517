import { expect, test } from 'vitest';
import { duration, estimate, number } from './format.ts';

test.each([
  [0, '0'],
  [0.012345, '0.0123'],
  [6.4149, '6.41'],
  [999.6, '1,000'],
  [1234.5, '1,235'],
  [1_234_567, '1,234,567'],
  [Number.POSITIVE_INFINITY, '–'],
])('%d is written %s', (value, text) => {
  expect(number(value)).toBe(text);
});

test('milliseconds become seconds from one second on', () => {
  expect([duration(999), duration(1000), duration(1849)]).toEqual(['999 ms', '1 s', '1.85 s']);
});

test('an interval that is open on one side says so', () => {
  expect(estimate({ value: 5, low: 4, high: Number.POSITIVE_INFINITY }, duration)).toBe('5 ms (4 ms or more)');
  expect(estimate({ value: 5, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }, duration)).toBe(
    '5 ms (no interval from so few)',
  );
});

test.each([
  [{ value: 16, low: 15.66, high: 16.31 }, '16.0 ms (15.7 to 16.3)'],
  [{ value: 1.0912, low: 0.2634, high: 1.9121 }, '1.1 ms (0.3 to 1.9)'],
  [{ value: 1.0912, low: 0.9734, high: 1.2121 }, '1.09 ms (0.97 to 1.21)'],
  [{ value: 1020, low: 990, high: 1050 }, '1.02 s (0.99 to 1.05)'],
  [{ value: 990, low: 960, high: 1020 }, '990 ms (960 to 1,020)'],
  [{ value: 0.01, low: -0.04, high: 5 }, '0.01 ms (-0.04 to 5.00)'],
  [{ value: 2.47, low: 0.2, high: 5.1 }, '2.5 ms (0.2 to 5.1)'],
  [{ value: 4000, low: 4000, high: 4000 }, '4 s (4 to 4)'],
])('a figure and its bounds have one unit and as many decimals as the interval bears (%#)', (figure, text) => {
  expect(estimate(figure, duration)).toBe(text);
});

test('a unit that has no scale writes each by itself', () => {
  expect(estimate({ value: 5, low: 4, high: 6 }, number)).toBe('5 (4 to 6)');
});
