import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { functionGib, monthlyOnFunctions, monthlyOnMachines, replicasAt, type Serving } from './model.ts';
import type { Prices } from './prices.ts';

/** Round numbers to reckon with by hand. */
const prices: Prices = {
  currency: 'EUR',
  machine: { vcpuHour: 0.04, gibHour: 0.01, source: 'a test', asOf: '2026-01-01' },
  functions: {
    ...{ gibSecond: 0.00002, millionRequests: 0.2, leastGib: 0.125, gibPerVcpu: 2 },
    ...{ source: 'a test', asOf: '2026-01-01' },
  },
  assumptions: { hoursPerMonth: 700, utilisation: 0.5, peakOverMean: 3, idleSeconds: 600 },
};
const server: Serving = {
  fixed: [],
  replica: { cpus: 0.5, gib: 1 },
  perSecond: 20,
  leastReplicas: 1,
  followsLoad: false,
};
const gateway = { cpus: 0.1, gib: 0.5, idleCpus: 0.02, cpuSecondsPerRequest: 0.001 };
const functions: Serving = { ...server, fixed: [gateway], leastReplicas: 0, followsLoad: true };

describe('known answers', () => {
  test('one replica of half a CPU and one GiB: 700 h of 0.03 EUR', () => {
    expect(monthlyOnMachines(server, 0, prices)).toBeCloseTo(21, 9);
  });

  test('a replica of 20/s is planned for 10/s, and a peak is three times the mean', () => {
    expect([3.3, 3.4, 10, 10.1].map((rate) => replicasAt(server, rate, prices))).toEqual([1, 2, 3, 4]);
  });

  test('what follows the load is sized for its mean', () => {
    expect(replicasAt({ ...server, followsLoad: true }, 10, prices)).toBe(1);
  });

  test('at zero, a gateway of a tenth of a CPU and half a GiB stays: 700 h of 0.009 EUR', () => {
    expect(monthlyOnMachines(functions, 0, prices)).toBeCloseTo(6.3, 9);
  });

  test('at one request in 600 s, a replica is there for 1 - 1/e of the time', () => {
    expect(replicasAt(functions, 1 / 600, prices)).toBeCloseTo(1 - Math.exp(-1), 9);
  });

  test('a gateway that has more to do than is kept for it is given more', () => {
    // 0.02 + 0.001 * 480 = 0.5 CPUs, and 48 replicas.
    expect(monthlyOnMachines(functions, 480, prices)).toBeCloseTo(700 * (0.5 * 0.04 + 0.5 * 0.01 + 48 * 0.03), 6);
  });

  test('a function of a quarter of a GiB for 100 ms: 0.7 EUR for a million requests', () => {
    const use = { seconds: 0.1, gib: 0.25, cpuSeconds: 0.0125 };
    // 0.25 GiB * 0.1 s * 0.00002 = 0.0000005, and 0.0000002 for the request; 1e6 / (3600 * 700) requests a second.
    expect(monthlyOnFunctions(use, 1e6 / (3600 * 700), prices)).toBeCloseTo(0.7, 9);
  });

  test('a function that keeps half a CPU busy is given half of the memory of one', () => {
    expect(functionGib({ seconds: 0.1, gib: 0.25, cpuSeconds: 0.05 }, prices)).toBe(1);
    expect(functionGib({ seconds: 0.1, gib: 0.01, cpuSeconds: 0 }, prices)).toBe(0.125);
  });
});

const amount = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const need = { cpus: amount(0, 8), gib: amount(0, 32) };
const servings: fc.Arbitrary<Serving> = fc.record({
  fixed: fc.array(fc.record({ ...need, idleCpus: amount(0, 1), cpuSecondsPerRequest: amount(0, 0.1) }), {
    maxLength: 4,
  }),
  replica: fc.record(need),
  perSecond: amount(0.1, 1000),
  leastReplicas: fc.integer({ min: 0, max: 3 }),
  followsLoad: fc.boolean(),
});
const rate = amount(0, 1000);

describe('whatever is served, and how much', () => {
  test('more requests never cost less', () => {
    fc.assert(
      fc.property(servings, rate, rate, (serving, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(monthlyOnMachines(serving, less, prices)).toBeLessThanOrEqual(
          monthlyOnMachines(serving, more, prices) * (1 + 1e-12),
        );
      }),
    );
  });

  test('without requests, fixed parts and the least replicas are paid for, and nothing else', () => {
    fc.assert(
      fc.property(servings, (serving) => {
        const fixed = { ...serving, replica: { cpus: 0, gib: 0 } };
        const each = { ...serving, fixed: [], leastReplicas: 1 };
        const expected =
          monthlyOnMachines(fixed, 0, prices) + serving.leastReplicas * monthlyOnMachines(each, 0, prices);
        expect(monthlyOnMachines(serving, 0, prices)).toBeCloseTo(expected, 6);
      }),
    );
  });

  test('replicas are enough for the load at the utilisation that is planned with', () => {
    fc.assert(
      fc.property(servings, rate, (serving, requests) => {
        const replicas = replicasAt({ ...serving, leastReplicas: 1, followsLoad: true }, requests, prices);
        expect(replicas * serving.perSecond * prices.assumptions.utilisation).toBeGreaterThanOrEqual(
          requests * (1 - 1e-6),
        );
      }),
    );
  });

  test('prices twice as high cost twice as much', () => {
    const { machine } = prices;
    const doubled = {
      ...prices,
      machine: { ...machine, vcpuHour: machine.vcpuHour * 2, gibHour: machine.gibHour * 2 },
    };
    fc.assert(
      fc.property(servings, rate, (serving, requests) => {
        const once = monthlyOnMachines(serving, requests, prices);
        expect(monthlyOnMachines(serving, requests, doubled)).toBeCloseTo(2 * once, 4);
      }),
    );
  });

  test('a cloud’s functions cost in proportion to the requests, and nothing without', () => {
    const use = { seconds: 0.02, gib: 0.3, cpuSeconds: 0.03 };
    fc.assert(
      fc.property(rate, (requests) => {
        const once = monthlyOnFunctions(use, requests, prices);
        expect(monthlyOnFunctions(use, 3 * requests, prices)).toBeCloseTo(3 * once, 6);
      }),
    );
    expect(monthlyOnFunctions(use, 0, prices)).toBe(0);
  });
});
