import { expect, test } from 'vitest';
import { RequestRate } from './request-rate.ts';

/** Reads every 100 ms while `perSecond` events come in; the last rate. */
function readFor(rate: RequestRate, seconds: number, perSecond: number, from = { time: 0, count: 0 }): number {
  let last = 0;
  for (let tick = 1; tick <= seconds * 10; tick += 1) {
    from.time += 100;
    from.count += perSecond / 10;
    last = rate.read(from.time, from.count);
  }
  return last;
}

test('is the constant rate of a window full of it', () => {
  expect(readFor(new RequestRate(2_000), 10, 20)).toBeCloseTo(20);
});

test('grows with the part of the window that has events', () => {
  const rate = new RequestRate(10_000);
  rate.read(0, 0);
  expect(readFor(rate, 5, 20)).toBeCloseTo(10);
});

test('forgets what is older than the window', () => {
  const rate = new RequestRate(2_000);
  const clock = { time: 0, count: 0 };
  readFor(rate, 10, 20, clock);
  expect(readFor(rate, 3, 0, clock)).toBe(0);
});

test('events from before the first reading do not count', () => {
  expect(new RequestRate(1_000).read(5_000, 1_000)).toBe(0);
});
