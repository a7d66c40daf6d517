import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PartFigures, Summary, TargetSummary } from '../summary/index.ts';
import { cloudFunctions, estimateCost } from './cost.ts';
import { monthlyOnMachines } from './model.ts';
import { readPrices } from './prices.ts';
import { servingOf } from './serving.ts';

const prices = readPrices();
const outcomes = { attempts: 100, succeeded: 100, refused: 0, timeouts: 0, connectionErrors: 0, malformed: 0 };
const about = (value: number) => ({ value, low: value * 0.9, high: value * 1.1 });

function target(name: 'server' | 'serverless', changes: Partial<TargetSummary> = {}): TargetSummary {
  const classifier = {
    ...{ name: 'classifier', kind: 'replica' as const, processes: 1, idleMemoryBytes: 2 ** 28, idleCpus: 0 },
    ...{ loaded: { memoryBytes: about(2 ** 29), processes: 1 }, cpuSecondsPerRequest: about(0.02) },
  };
  const gateway = {
    ...{ name: 'gateway', kind: 'fixed' as const, processes: 1, idleMemoryBytes: 2 ** 27, idleCpus: 0.01 },
    ...{ loaded: { memoryBytes: about(2 ** 27), processes: 1 }, cpuSecondsPerRequest: about(0.001) },
  };
  return {
    ...{ name, architecture: name, url: 'http://127.0.0.1:1/', answers: [], failed: false, silences: [] },
    ...{ outcomes, calmOutcomes: outcomes },
    latency: { ...outcomes, mean: about(25), median: about(25), p95: about(30) } as never,
    throughput: { ...outcomes, perSecond: about(50), seconds: 10, median: about(20), p95: about(30), replicas: 1 },
    resources: { idleSeconds: 3, parts: name === 'server' ? [classifier] : [gateway, classifier] },
    ...(name === 'server' ? {} : { atZero: { memoryBytes: 2 ** 27, processes: 1 } }),
    ...changes,
  };
}

const estimate = (...targets: TargetSummary[]) =>
  estimateCost({ targets, comparisons: [], notes: [], client: [], lateness: [] } as Summary, prices);

test('a replica without limits is priced by what it used under full load', () => {
  const basis = estimate(target('server'))?.curves[0]?.basis;
  expect(basis).toMatchObject({ replica: { cpus: 1, gib: 0.5 }, perSecond: 50, leastReplicas: 1, followsLoad: false });
});

test('a replica with limits is priced by what is kept for it', () => {
  const parts = [
    {
      ...{ name: 'classifier', kind: 'replica' as const, processes: 2, idleMemoryBytes: 1 },
      reserved: { cpus: 1, memoryBytes: 2 ** 30 },
    },
  ];
  const basis = estimate(target('server', { resources: { idleSeconds: 3, parts } }))?.curves[0]?.basis;
  expect(basis).toMatchObject({ replica: { cpus: 0.5, gib: 0.5 }, leastReplicas: 2 });
});

test('throughput of several replicas is shared among them', () => {
  const { throughput } = target('serverless');
  const basis = estimate(target('serverless', throughput && { throughput: { ...throughput, replicas: 5 } }))?.curves[0];
  expect(basis?.basis).toMatchObject({ perSecond: 10, leastReplicas: 0, followsLoad: true });
});

test('the cost lies within what the measurement allows', () => {
  const points = estimate(target('server'))?.curves[0]?.points ?? [];
  expect(points.some(({ low, high }) => (low ?? 0) < (high ?? 0))).toBe(true);
  for (const { monthly, low, high } of points) {
    expect(low).toBeLessThanOrEqual(monthly);
    expect(high).toBeGreaterThanOrEqual(monthly);
  }
});

test('the least and the most of a cost are those over a fine grid of throughputs', () => {
  const cases = fc.record({
    pace: fc.double({ min: 20, max: 200, noNaN: true }),
    share: fc.double({ min: 0.02, max: 0.5, noNaN: true }),
    replicas: fc.integer({ min: 1, max: 3 }),
    deployed: fc.integer({ min: 1, max: 12 }),
    cpu: fc.double({ min: 0, max: 0.1, noNaN: true }),
    idleCpus: fc.double({ min: 0, max: 0.5, noNaN: true }),
    name: fc.constantFrom('server' as const, 'serverless' as const),
    peakOverMean: fc.double({ min: 1, max: 4, noNaN: true }),
  });
  // At some rates these are enough, too few or too many, by the throughput.
  const manyDeployed = {
    ...{ pace: 50, share: 0.3, replicas: 1, deployed: 10, cpu: 0.02, idleCpus: 0 },
    ...{ name: 'server' as const, peakOverMean: 1 },
  };
  fc.assert(
    fc.property(cases, ({ pace, share, replicas, deployed, cpu, idleCpus, name, peakOverMean }) => {
      const own = { ...prices, assumptions: { ...prices.assumptions, peakOverMean } };
      const plain = target(name);
      const perSecond = { value: pace, low: pace * (1 - share), high: pace * (1 + share) };
      const parts = (plain.resources?.parts ?? []).map((part) =>
        part.kind === 'replica'
          ? { ...part, processes: deployed, idleCpus, cpuSecondsPerRequest: { ...about(cpu), value: cpu } }
          : part,
      );
      const measured = {
        ...plain,
        throughput: { ...plain.throughput, perSecond, replicas },
        resources: { idleSeconds: 3, parts },
      } as TargetSummary;
      const found = estimateCost({ targets: [measured] } as Summary, own)?.curves[0];
      const steps = 1000;
      const grid = Array.from({ length: steps + 1 }, (_, step) => pace * (1 + share * ((2 * step) / steps - 1)));
      const [least, most] = (['low', 'high'] as const).map((end) =>
        grid.flatMap((each) => servingOf(measured, { pace: each, cpu: end, memory: end }) ?? []),
      );
      for (const { rate, low = Number.NaN, high = Number.NaN } of found?.points.filter((_, at) => at % 2 === 0) ?? []) {
        const bottom = Math.min(...(least ?? []).map((each) => monthlyOnMachines(each, rate, own)));
        const top = Math.max(...(most ?? []).map((each) => monthlyOnMachines(each, rate, own)));
        // Between two throughputs of the grid, a cost may be lower or higher by the share that they differ.
        expect(low / bottom).toBeLessThan(1 + 1e-7);
        expect(low / bottom).toBeGreaterThan(1 - 5e-3);
        expect(high / top).toBeGreaterThan(1 - 1e-7);
        expect(high / top).toBeLessThan(1 + 5e-3);
      }
    }),
    { numRuns: 20, examples: [[manyDeployed]] },
  );
});

test('functions of a cloud are reckoned from the server, which has no gateway before it', () => {
  const curves = estimate(target('serverless'), target('server'))?.curves;
  expect(curves?.map(({ name }) => name)).toEqual(['serverless', 'server', cloudFunctions]);
  // 0.02 CPU seconds in 0.025 s keep 0.8 of a CPU busy.
  const givenGib = Math.ceil(0.8 * prices.functions.gibPerVcpu * 1024) / 1024;
  expect(curves?.[2]?.basis).toMatchObject({ of: 'server', seconds: 0.025, gib: 0.5, cpuSeconds: 0.02, givenGib });
});

test('functions of a cloud cost less below the break-even with a server, and more above it', () => {
  const pair = estimate(target('server'))?.pairs[0];
  expect(pair).toMatchObject({ a: 'server', b: cloudFunctions });
  const [found] = pair?.breakEvens ?? [];
  expect(found).toMatchObject({ cheaperBelow: 'b' });
  expect(found?.low).toBeLessThan(found?.rate ?? 0);
  expect(found?.high).toBeGreaterThan(found?.rate ?? 0);
});

test('of two targets that were measured alike, up to noise, none is shown to be cheaper', () => {
  const server = target('server');
  const [part] = server.resources?.parts ?? [];
  const other = {
    ...{ ...part, cpuSecondsPerRequest: about(0.0205), loaded: { memoryBytes: about(1.05 * 2 ** 29), processes: 1 } },
  } as PartFigures;
  const twin = { ...server, name: 'twin', resources: { idleSeconds: 3, parts: [other] } };
  const found = estimate(server, twin)?.pairs.find(({ a, b }) => a === 'server' && b === 'twin');
  expect(found?.breakEvens).toEqual([]);
  expect(found?.stretches).toEqual([{ from: 0.001, to: expect.closeTo(1000, 9) }]);
});

/** A target with a burst on a base: of 5 requests a second as a mean, by so many replicas. */
const inBursts = (name: 'server' | 'serverless', meanReplicas: number | undefined) =>
  target(name, { baseBurst: { meanRate: 5, ...(meanReplicas === undefined ? {} : { meanReplicas }) } as never });

test('a day of bursts on a base costs what its mean of replicas and its fixed parts are kept for', () => {
  const { vcpuHour, gibHour } = prices.machine;
  const perDay = estimate(inBursts('serverless', 2.5))?.basePattern;
  // A replica uses 1 CPU and 0.5 GiB at full load; the gateway 0.01 CPUs, 1 ms for each request, and 0.125 GiB.
  const replicas = 2.5 * (1 * vcpuHour + 0.5 * gibHour);
  const gateway = (0.01 + 5 * 0.001) * vcpuHour + 0.125 * gibHour;
  expect(perDay).toEqual([{ name: 'serverless', perDay: expect.closeTo(24 * (replicas + gateway), 9) }]);
});

test('a target that does not tell its replicas is reckoned with one', () => {
  const [untold, one] = [undefined, 1].map((replicas) => estimate(inBursts('server', replicas))?.basePattern);
  expect(untold).toEqual(one);
  expect(one?.[0]?.perDay).toBeGreaterThan(0);
});

test('a target without a burst on a base has no day of it', () => {
  expect(estimate(target('server'))?.basePattern).toEqual([]);
});

test('what was measured once has a cost, and is compared with nothing', () => {
  const once = { value: 50, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const { throughput } = target('server');
  const found = estimate(target('server', throughput && { throughput: { ...throughput, perSecond: once } }));
  expect(found?.curves[0]?.points[0]).not.toHaveProperty('low');
  expect(found?.pairs).toEqual([]);
});

test.each([
  ['failed', { failed: true }],
  ['tells nothing of its resources', { resources: undefined }],
  ['was not asked for its throughput', { throughput: undefined }],
])('a target that %s has no cost', (_, changes) => {
  expect(estimate(target('server', changes as Partial<TargetSummary>))).toBeUndefined();
});
