import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Part, RunEvent } from '../record/index.ts';
import { type Random, seeded } from '../stats/index.ts';
import { cpuByBlock, summariseResources } from './resources.ts';

const part = (changes: Partial<Part>): Part => ({
  ...{ name: 'gateway', kind: 'fixed', time: 0, cpuSeconds: 0, memoryBytes: 100, processes: 1 },
  ...changes,
});

function reading(scenario: string, edge: 'start' | 'end', parts: Part[], answered?: number): RunEvent {
  const event = { kind: 'resources' as const, time: parts[0]?.time ?? 0, scenario, target: 'serverless', edge, parts };
  return answered === undefined ? event : { ...event, answered };
}

/** 10 s in which a part uses `idle` cores, then 20 s in which it uses `used` CPU seconds for `answered` requests. */
function summarise(idle: number, used: number, answered: number) {
  return summariseResources(
    [
      reading('idle', 'start', [part({ time: 0, cpuSeconds: 5 })]),
      reading('idle', 'end', [part({ time: 10_000, cpuSeconds: 5 + idle * 10 })]),
    ],
    [
      reading('throughput', 'start', [part({ time: 60_000, cpuSeconds: 30 })]),
      reading('throughput', 'end', [part({ time: 80_000, cpuSeconds: 30 + used, memoryBytes: 300 })], answered),
    ],
  );
}

test('CPU for each request is what is used beyond the idle use', () => {
  // 0.1 cores are used anyway, 2 s in 20 s; the other 6 s were for 60 requests.
  const figures = summarise(0.1, 8, 60);
  expect(figures?.parts[0]?.idleCpus).toBeCloseTo(0.1, 9);
  expect(figures?.parts[0]?.cpuSecondsPerRequest?.value).toBeCloseTo(0.1, 9);
  const loaded = { memoryBytes: { value: 300, low: 300, high: 300 } };
  expect(figures).toMatchObject({ idleSeconds: 10, parts: [{ idleMemoryBytes: 100, loaded }] });
});

test('what a part uses for requests comes out, whatever it uses without', () => {
  const amount = fc.double({ min: 0, max: 4, noNaN: true });
  fc.assert(
    fc.property(
      amount,
      fc.double({ min: 0.001, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 1e5 }),
      (idle, each, n) => {
        const found = summarise(idle, idle * 20 + each * n, n)?.parts[0]?.cpuSecondsPerRequest?.value;
        expect(found).toBeCloseTo(each, 6);
      },
    ),
  );
});

test('there is no figure for each request when nothing was answered', () => {
  expect(summarise(0.1, 8, 0)?.cpuSecondsPerRequest).toBeUndefined();
});

/** Readings that part a quiet into stretches of 10 s, in which a part uses so many CPU seconds. */
function quietOf(used: readonly number[]): RunEvent[] {
  return parted('idle', 0, used);
}

/** A reading at the start, then after each 10 s in which a part uses so many CPU seconds, and answers 10 requests. */
function parted(scenario: string, start: number, used: readonly number[], memory: readonly number[] = []): RunEvent[] {
  let cpuSeconds = 0;
  const after = used.map((each, block): RunEvent => {
    cpuSeconds += each;
    const time = start + (block + 1) * 10_000;
    const parts = [part({ time, cpuSeconds, memoryBytes: memory[block] ?? 100 })];
    return { kind: 'resources', time, scenario, target: 't', block, answered: (block + 1) * 10, parts };
  });
  return [reading(scenario, 'start', [part({ time: start })]), ...after];
}

const steady = [1, 1, 1, 1, 1];

/** Blocks of 10 requests that took so many CPU seconds, of which 1 s would have been used anyway. */
function inBlocks(used: readonly number[], memory: readonly number[] = []) {
  return summariseResources(quietOf(steady), parted('throughput', 50_000, used, memory));
}

test('read after each block, CPU for each request has the interval of the blocks', () => {
  const each = inBlocks([2, 3, 4])?.cpuSecondsPerRequest;
  // 0.1, 0.2 and 0.3 s: a mean with a standard error of 0.1 / sqrt(3), and two degrees of freedom.
  expect(each?.value).toBeCloseTo(0.2, 9);
  // A count of the quiet that is 0.02 s off puts each request 0.0004 s off.
  expect((each?.high ?? 0) - 0.2).toBeCloseTo(Math.hypot((4.30265 * 0.1) / Math.sqrt(3), 0.0004), 5);
});

test('blocks that are all alike leave what is not known of the idle rate', () => {
  // 0.1 ± 0.01 cores, a mean of five with t of 4 degrees of freedom, and the count's 0.02 s in 50 s; a second a request.
  const each = summariseResources(quietOf([0.9, 0.9, 1, 1.1, 1.1]), parted('throughput', 50_000, [3, 3, 3]));
  const half = 2.77645 * Math.sqrt(0.0001 / 5) + 0.0004;
  expect(each?.cpuSecondsPerRequest?.value).toBeCloseTo(0.2, 9);
  expect(each?.cpuSecondsPerRequest?.low).toBeCloseTo(0.2 - half, 6);
  expect(each?.cpuSecondsPerRequest?.high).toBeCloseTo(0.2 + half, 6);
});

test('the blocks come with the error of the idle rate that they share', () => {
  const { blocks, sharedError } = cpuByBlock(quietOf([1]), parted('throughput', 10_000, [3, 4]));
  expect(blocks.map(({ sum }) => sum)).toEqual([2, 3].map((sum) => expect.closeTo(sum, 9)));
  expect(sharedError).toBeCloseTo(0.1 + 0.002, 9);
});

test('of a quiet in one stretch, the idle rate may be none, or twice as much', () => {
  const each = summariseResources(quietOf([1]), parted('throughput', 10_000, [3, 3, 3]))?.cpuSecondsPerRequest;
  expect(each?.high).toBeCloseTo(0.3, 9);
  expect(each?.low).toBeCloseTo(0.2 - (0.1 + 0.002), 9);
});

test('what a count of hundredths cannot see may be used while idle', () => {
  const each = summariseResources(quietOf([0, 0, 0, 0, 0]), parted('throughput', 50_000, [3, 3, 3]));
  expect(each?.cpuSecondsPerRequest?.low).toBeCloseTo(0.3 - 0.0004, 9);
  expect(each?.cpuSecondsPerRequest?.high).toBeCloseTo(0.3, 9);
});

/** Standard normal, after Box and Muller. */
function normal(random: Random): number {
  const uniform = () => random(1, 1e9) / 1e9;
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

test('the interval holds the truth in 95 of 100 runs, be the idle use or that of requests the less steady', () => {
  for (const [quiet, load] of [
    [0.5, 0],
    [0.3, 0.3],
    [0, 0.5],
  ] as const) {
    const random = seeded(7);
    const runs = 1000;
    const held = Array.from({ length: runs }, () => {
      const used = quietOf(steady.map(() => 5 + quiet * normal(random)));
      const blocks = Array.from({ length: 5 }, () => 8 + load * normal(random));
      const each = summariseResources(used, parted('throughput', 50_000, blocks))?.cpuSecondsPerRequest;
      return each !== undefined && each.low <= 0.3 && each.high >= 0.3;
    }).filter(Boolean);
    expect(held.length / runs).toBeGreaterThan(0.93);
    expect(held.length / runs).toBeLessThan(1);
  }
});

test('of a single block there is no interval', () => {
  expect(inBlocks([2])?.cpuSecondsPerRequest).toMatchObject({ high: Number.POSITIVE_INFINITY });
});

test('memory under load has the least and the most that was held after a block', () => {
  const { memoryBytes } = inBlocks([2, 2, 2], [300, 500, 400])?.parts[0]?.loaded ?? {};
  expect(memoryBytes).toEqual({ value: 400, low: 300, high: 500 });
});

test('a count that began anew gives no figure', () => {
  expect(summarise(-0.2, 8, 60)?.parts[0]).not.toHaveProperty('idleCpus');
});

test('the total is over all parts that were there', () => {
  const twice = (time: number, gateway: number, classifier: number) => [
    part({ time, cpuSeconds: gateway }),
    part({ name: 'classifier', kind: 'replica', time, cpuSeconds: classifier }),
  ];
  const figures = summariseResources(
    [
      reading('idle', 'start', [...twice(0, 0, 0), part({ name: 'alertmanager' })]),
      reading('idle', 'end', [...twice(1000, 0, 0), part({ name: 'alertmanager', time: 1000 })]),
    ],
    [reading('throughput', 'start', twice(2000, 0, 0)), reading('throughput', 'end', twice(3000, 1, 2), 10)],
  );
  expect(figures?.cpuSecondsPerRequest?.value).toBeCloseTo(0.3, 9);
  expect(figures?.parts.map(({ name }) => name)).toEqual(['gateway', 'classifier', 'alertmanager']);
});

test('without a reading while idle there are no figures', () => {
  expect(summariseResources([], [])).toBeUndefined();
});
