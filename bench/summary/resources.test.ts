import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Part, RunEvent } from '../record/index.ts';
import { summariseResources } from './resources.ts';

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

/** A reading after each block of 10 requests that took so many CPU seconds, of which 1 s would have been used anyway. */
function inBlocks(used: readonly number[], memory: readonly number[] = []) {
  let cpuSeconds = 0;
  const after = used.map((each, block): RunEvent => {
    cpuSeconds += each;
    const time = 1000 + (block + 1) * 10_000;
    const parts = [part({ time, cpuSeconds, memoryBytes: memory[block] ?? 100 })];
    return { kind: 'resources', time, scenario: 'throughput', target: 't', block, answered: (block + 1) * 10, parts };
  });
  return summariseResources(
    [reading('idle', 'start', [part({ time: 0 })]), reading('idle', 'end', [part({ time: 1000, cpuSeconds: 0.1 })])],
    [reading('throughput', 'start', [part({ time: 1000 })]), ...after],
  );
}

test('read after each block, CPU for each request has the interval of the blocks', () => {
  const each = inBlocks([2, 3, 4])?.cpuSecondsPerRequest;
  // 0.1, 0.2 and 0.3 s: a mean with a standard error of 0.1 / sqrt(3), and two degrees of freedom.
  expect(each?.value).toBeCloseTo(0.2, 9);
  expect((each?.high ?? 0) - 0.2).toBeCloseTo((4.30265 * 0.1) / Math.sqrt(3), 5);
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
