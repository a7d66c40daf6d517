import { expect, test } from 'vitest';
import { parseQuantity } from './quantity.ts';

test.each([
  ['2', 2],
  ['500m', 0.5],
  ['0.1', 0.1],
  ['512Mi', 2 ** 29],
  ['1G', 1e9],
  ['129e6', 129e6],
  ['5E', 5e18],
])('%s is %d', (text, value) => {
  expect(parseQuantity(text)).toBeCloseTo(value, 9);
});

test.each(['', 'many', '1 Mi', '1Xi'])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeNaN();
});
