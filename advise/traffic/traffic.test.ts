import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArrivalStream } from './arrival-stream.ts';
import { patternTraffic } from './pattern.ts';
import { sampled, scaled } from './scale.ts';
import { sparkline, summariseTraffic } from './summary.ts';
import { requestsOf, sharedCounts, sharedTimes, type Traffic } from './traffic.ts';

function timesOf(traffic: Traffic, seed = 1, chunkLength = 1000): number[] {
  const stream = new ArrivalStream(traffic, seed);
  const chunk = new Float64Array(chunkLength);
  const times: number[] = [];
  for (let count = stream.next(chunk); count > 0; count = stream.next(chunk)) times.push(...chunk.subarray(0, count));
  return times;
}

const slots = fc.record({
  counts: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 50 }),
  slotSeconds: fc.constantFrom(1, 60),
  placing: fc.constantFrom('random' as const, 'even' as const),
});
const make = ({ counts, ...rest }: { counts: number[]; slotSeconds: number; placing: 'random' | 'even' }): Traffic => ({
  ...rest,
  source: 'double',
  counts: sharedCounts(counts),
});

describe('the times of requests', () => {
  test('are in order, and as many in each slot as it counts, whatever the chunk', () => {
    fc.assert(
      fc.property(slots, fc.integer({ min: 1, max: 100 }), (given, chunk) => {
        const times = timesOf(make(given), 7, chunk);
        expect(times.every((time, index) => time >= (times[index - 1] ?? 0))).toBe(true);
        const counted = given.counts.map(() => 0);
        for (const time of times)
          counted[Math.floor(time / given.slotSeconds)] = (counted[Math.floor(time / given.slotSeconds)] ?? 0) + 1;
        expect(counted).toEqual(given.counts);
      }),
    );
  });

  test('are the same for the same seed, and others for another', () => {
    const traffic = make({ counts: [20, 20], slotSeconds: 60, placing: 'random' });
    expect(timesOf(traffic, 3)).toEqual(timesOf(traffic, 3));
    expect(timesOf(traffic, 4)).not.toEqual(timesOf(traffic, 3));
  });

  test('that are known stand as they are', () => {
    const traffic = { ...make({ counts: [2], slotSeconds: 1, placing: 'random' }), times: sharedTimes([0.25, 0.5]) };
    expect(timesOf(traffic)).toEqual([0.25, 0.5]);
  });
});

describe('a pattern', () => {
  test('at a constant rate is exactly even, over the borders of slots too', () => {
    const times = timesOf(patternTraffic('constant:rate=2.5,hours=0.01', 1));
    expect(times.slice(0, 27)).toEqual(
      Array.from({ length: 27 }, (_, index) => index * 0.4).map((time) => expect.closeTo(time, 9)),
    );
  });

  // Five standard deviations of the count of a Poisson process.
  test.each([
    ['poisson:rate=20,hours=2', 144_000],
    ['poisson:rate=2000,hours=0.1', 720_000],
    ['diurnal:mean=3,peakToMean=1.8', 259_200],
    ['bursts:rate=10,onSeconds=60,offSeconds=540', 86_400],
    ['flash:rate=1,factor=11,minutes=60', 86_400 + 36_000],
  ])('%s has about %i requests', (text, expected) => {
    expect(Math.abs(requestsOf(patternTraffic(text, 5)) - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  test('has the burstiness of its kind', () => {
    expect(summariseTraffic(patternTraffic('poisson:rate=20', 1)).burstiness).toBeCloseTo(1, 1);
    expect(summariseTraffic(patternTraffic('constant:rate=20', 1)).burstiness).toBe(0);
    expect(summariseTraffic(patternTraffic('bursts:rate=20', 1)).burstiness).toBeGreaterThan(10);
  });

  test.each([
    ['sine:rate=1', /"sine" is no pattern: there are constant, /],
    ['poisson', /rate: .*it takes rate, hours/],
    ['poisson:rate=-1', /rate/],
    ['poisson:rate=1,peak=2', /peak/],
    ['poisson:rate=', /rate/],
  ])('%s is refused with what it takes', (text, message) => {
    expect(() => patternTraffic(text, 1)).toThrow(message);
  });
});

test('a summary tells rate, peak, idle share and shape', () => {
  const traffic = make({ counts: [0, 6, 0, 2], slotSeconds: 60, placing: 'random' });
  expect(summariseTraffic(traffic)).toMatchObject({
    requests: 8,
    seconds: 240,
    meanRate: 8 / 240,
    peakRate: 0.1,
    peakToMean: 3,
    burstiness: 3,
    idleShare: 0.5,
    shape: [0, 0.1, 0, 2 / 60],
  });
  expect(sparkline([0, 3, 6])).toBe('▁▅█');
});

test('scaled traffic has that many times the requests, in the same slots', () => {
  const traffic = make({
    counts: Array.from({ length: 2000 }, (_, slot) => (slot % 2) * 7),
    slotSeconds: 1,
    placing: 'random',
  });
  const half = scaled(traffic, 0.5, 1);
  expect(Math.abs(requestsOf(half) - 3500)).toBeLessThan(5 * Math.sqrt(1000 / 4));
  expect(half.counts.every((count, slot) => slot % 2 === 1 || count === 0)).toBe(true);
});

test('a sample has the busiest stretch, and about as many requests as it may', () => {
  const counts = Array.from({ length: 86_400 }, (_, second) => (second >= 50_000 && second < 50_100 ? 90 : 10));
  const sample = sampled(make({ counts, slotSeconds: 1, placing: 'random' }), 100_000);
  expect(requestsOf(sample)).toBeGreaterThan(50_000);
  expect(requestsOf(sample)).toBeLessThan(200_000);
  expect(Math.max(...sample.counts)).toBe(90);
});
