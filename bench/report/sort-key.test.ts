import { expect, test } from 'vitest';
import { sortKey } from './sort-key.ts';

test.each([
  ['1.71/s', 1.71],
  ['15.1 ms (14.8 to 15.5)', 15.1],
  ['1.3 s in 2 of 3 bursts', 1300],
  ['1,234,567', 1_234_567],
  ['-0.5 ms', -0.5],
  ['12 server', 12],
  ['94.8 MB', 94.8e6],
  ['100/s, not confirmed', 100],
  ['at once', 0],
  ['–', undefined],
  ['server, from 1', undefined],
])('%s is sorted by %s', (cell, key) => {
  expect(sortKey(cell)).toBe(key);
});
