import { expect, test } from 'vitest';
import { Backoff } from './backoff.ts';

test('waits twice as long after each early end, up to ten seconds', () => {
  const backoff = new Backoff();
  expect(Array.from({ length: 8 }, () => backoff.after(0))).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test('does not wait after a long life, and begins anew', () => {
  const backoff = new Backoff();
  backoff.after(0);
  expect(backoff.after(60_000)).toBe(0);
  expect(backoff.after(0)).toBe(250);
});
