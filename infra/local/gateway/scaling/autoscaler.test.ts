import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initialAutoscaler, look, replicasAfter, type Scale } from './autoscaler.ts';
import { RequestRate } from './request-rate.ts';
import { type AutoscalerTiming, openfaasTiming, quickTiming } from './timing.ts';

interface Change {
  time: number;
  replicas: number;
}

/** Replicas over time under a rate that depends on the time (in ms), looked at every 100 ms. */
function run(rateAt: (time: number) => number, forMs: number, timing: AutoscalerTiming, scale: Scale): Change[] {
  const changes: Change[] = [];
  let state = initialAutoscaler(0);
  let replicas = scale.min;
  for (let time = 0; time <= forMs; time += 100) {
    const next = look(state, time, rateAt(time), timing);
    state = next.state;
    const wanted = replicasAfter(next.action, replicas, scale);
    if (wanted !== replicas) changes.push({ time, replicas: wanted });
    replicas = wanted;
  }
  return changes;
}

/** The rate as the gateway sees it when `perSecond` requests are answered until `untilMs`. */
function measured(perSecond: number, untilMs: number, windowMs: number): (time: number) => number {
  const rate = new RequestRate(windowMs);
  return (time) => rate.read(time, (Math.min(time, untilMs) / 1000) * perSecond);
}

const scale = { min: 1, max: 5, factor: 20 };
const busy = (timing: AutoscalerTiming) => timing.threshold + 1;

describe("OpenFaaS's timing at 20 requests a second, as seen on a cluster", () => {
  const changes = run(measured(20, 150_000, openfaasTiming.windowMs), 200_000, openfaasTiming, scale);

  test('takes a step each half minute, up to the maximum', () => {
    const up = changes.filter(({ time }) => time < 150_000);
    expect(up.map(({ replicas }) => replicas)).toEqual([2, 3, 4, 5]);
    expect(up.slice(1).map(({ time }, index) => time - (up[index]?.time ?? 0))).toEqual([30_000, 30_000, 30_000]);
  });

  test('takes the first step within 40 s', () => {
    expect(changes[0]?.time).toBeGreaterThan(20_000);
    expect(changes[0]?.time).toBeLessThanOrEqual(40_000);
  });

  test('goes straight back to the minimum', () => {
    const down = changes.filter(({ time }) => time >= 150_000);
    expect(down.map(({ replicas }) => replicas)).toEqual([1]);
    expect(down[0]?.time).toBeLessThan(150_000 + 33_000);
  });
});

describe('the quick timing at 20 requests a second', () => {
  const changes = run(measured(20, 12_000, quickTiming.windowMs), 20_000, quickTiming, scale);

  test('is at five replicas within 10 s', () => {
    expect(changes.find(({ replicas }) => replicas === 5)?.time).toBeLessThanOrEqual(10_000);
  });

  test('is back within 3 s of the end of the load', () => {
    expect(changes.at(-1)).toMatchObject({ replicas: 1 });
    expect(changes.at(-1)?.time).toBeLessThanOrEqual(15_000);
  });
});

test('an alert that is over before its first step leaves replicas that were set by hand', () => {
  const timing = { ...quickTiming, evaluationMs: 100, holdMs: 0, groupWaitMs: 1_000 };
  let state = initialAutoscaler(0);
  for (let time = 0; time <= 5_000; time += 100) {
    const next = look(state, time, time < 500 ? busy(timing) : 0, timing);
    state = next.state;
    expect(next.action).toBe('none');
  }
});

describe('replicasAfter', () => {
  test.each([
    { factor: 20, max: 5, from: 1, to: 2 },
    { factor: 10, max: 5, from: 1, to: 2 },
    { factor: 50, max: 5, from: 1, to: 4 },
    { factor: 100, max: 5, from: 1, to: 5 },
    { factor: 20, max: 20, from: 3, to: 7 },
  ])('a step of $factor % of $max from $from is to $to', ({ factor, max, from, to }) => {
    expect(replicasAfter('step', from, { min: 1, max, factor })).toBe(to);
  });

  test('a factor of 0 never steps up', () => {
    expect(replicasAfter('step', 1, { min: 1, max: 5, factor: 0 })).toBe(1);
  });
});

describe('for any timing, bounds and load', () => {
  const periods = fc.integer({ min: 1, max: 60 }).map((tenths) => tenths * 100);
  const timings = fc.record({
    threshold: fc.integer({ min: 0, max: 50 }),
    windowMs: periods,
    evaluationMs: periods,
    holdMs: periods,
    groupWaitMs: periods,
    groupIntervalMs: periods,
    repeatMs: periods,
  });
  const scales = fc
    .record({ min: fc.integer({ min: 1, max: 5 }), more: fc.nat({ max: 20 }), factor: fc.nat({ max: 100 }) })
    .map(({ min, more, factor }) => ({ min, max: min + more, factor }));
  /** A load that jumps between rates at each second. */
  const loads = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 120 });
  const at = (load: number[]) => (time: number) => load[Math.floor(time / 1000)] ?? 0;

  test('replicas stay within the bounds', () => {
    fc.assert(
      fc.property(timings, scales, loads, (timing, bounds, load) => {
        for (const { replicas } of run(at(load), 180_000, timing, bounds)) {
          expect(replicas).toBeGreaterThanOrEqual(bounds.min);
          expect(replicas).toBeLessThanOrEqual(bounds.max);
        }
      }),
    );
  });

  test('a load at or under the threshold changes nothing', () => {
    fc.assert(
      fc.property(timings, scales, loads, (timing, bounds, load) => {
        const low = load.map((rate) => Math.min(rate, timing.threshold));
        expect(run(at(low), 180_000, timing, bounds)).toEqual([]);
      }),
    );
  });

  test('a load over the threshold ends at the maximum and stays there', () => {
    fc.assert(
      fc.property(timings, scales, (timing, bounds) => {
        fc.pre(bounds.factor > 0);
        const steps = Math.ceil((bounds.max - bounds.min) / Math.ceil((bounds.max / 100) * bounds.factor));
        const { evaluationMs, holdMs, groupWaitMs, repeatMs, groupIntervalMs } = timing;
        const enough = 2 * evaluationMs + holdMs + groupWaitMs + steps * (repeatMs + groupIntervalMs) + 1_000;
        const changes = run(() => busy(timing), enough, timing, bounds);
        expect(changes).toHaveLength(steps);
        expect(changes.at(-1)?.replicas ?? bounds.min).toBe(bounds.max);
      }),
    );
  });

  test('two steps up are never closer than the repeat interval', () => {
    fc.assert(
      fc.property(timings, scales, (timing, bounds) => {
        const changes = run(() => busy(timing), 180_000, timing, bounds);
        for (const [index, { time }] of changes.entries()) {
          const before = changes[index - 1]?.time;
          // Looks come every 100 ms: the first step may have been noticed that much later than it was due.
          if (before !== undefined) expect(time - before).toBeGreaterThanOrEqual(timing.repeatMs - 100);
        }
      }),
    );
  });

  test('a burst shorter than the hold changes nothing', () => {
    fc.assert(
      fc.property(timings, scales, fc.integer({ min: 0, max: 60_000 }), (timing, bounds, from) => {
        const rate = (time: number) => (time >= from && time < from + timing.holdMs ? busy(timing) : 0);
        expect(run(rate, 180_000, timing, bounds)).toEqual([]);
      }),
    );
  });

  test('replicas are at the minimum once a load is over', () => {
    fc.assert(
      fc.property(timings, scales, loads, (timing, bounds, load) => {
        const settled = load.length * 1_000 + timing.evaluationMs + timing.groupWaitMs + timing.groupIntervalMs + 200;
        const changes = run(at(load), settled, timing, bounds);
        expect(changes.at(-1)?.replicas ?? bounds.min).toBe(bounds.min);
      }),
    );
  });
});
