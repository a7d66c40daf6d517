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
