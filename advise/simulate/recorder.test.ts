import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Recorder } from './recorder.ts';

const recorderOf = (latencies: readonly number[]): Recorder => {
  const recorder = new Recorder(0.2, 10);
  for (const latency of latencies) recorder.answer(5, latency);
  return recorder;
};
/** Seconds, as many of each size, between the ends of what has bins of its own. */
const latency = fc.double({ min: Math.log(1e-5), max: Math.log(1e5), noNaN: true }).map(Math.exp);

describe('a recorder', () => {
  test('tells a quantile that is not too low, and at most 0.2 % too high', () => {
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
        const exact = all.toSorted((a, b) => a - b)[Math.ceil(share * all.length - 1e-9) - 1] as number;
        const told = recorderOf(all).quantile(share);
        expect(told).toBeGreaterThanOrEqual(exact);
        expect(told).toBeLessThanOrEqual(exact * 1.002);
      }),
    );
  });

  test('tells the 95th percentile of a stretch at most 6.3 % too high', () => {
    fc.assert(
      fc.property(latency, (each) => {
        const told = recorderOf([each]).p95OverTime()[120] as number;
        expect(told).toBeGreaterThanOrEqual(each);
        expect(told).toBeLessThanOrEqual(each * 1.063);
      }),
    );
  });

  test('tells the share within limits, those that failed among the rest', () => {
    const recorder = recorderOf([0.1, 0.15, 0.3]);
    recorder.fail();
    expect(recorder.shareWithin([0.05, 0.2, 1])).toEqual([0, 0.5, 0.75]);
    expect(recorder.good).toBe(2);
  });

  test.each([0, 1e-9, -1e-17])('takes %d seconds for next to nothing', (each) => {
    expect(recorderOf([each]).quantile(1)).toBeLessThan(1e-5);
  });

  test.each([1e7, Number.POSITIVE_INFINITY])('counts %d seconds, which have no bin of their own', (each) => {
    expect(recorderOf([each]).quantile(1)).toBeGreaterThan(1e5);
  });
});
