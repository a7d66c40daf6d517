import { beforeAll, describe, expect, test } from 'vitest';
import { parseObjective, readPrices } from '../../bench/index.ts';
import { makeModel } from '../../test/double/model.ts';
import { patternTraffic } from '../traffic/index.ts';
import { type Advice, type AdviseOptions, advise } from './advise.ts';
import { choose } from './choose.ts';
import { holds, limitsMs, monthly, type Result } from './evaluate.ts';

const prices = readPrices();
const objective = parseObjective('p95 < 200ms, errors < 1%');

function ask(pattern: string, changes: Partial<AdviseOptions> = {}) {
  return advise({
    traffic: patternTraffic(pattern, 1),
    model: makeModel(),
    objective,
    prices,
    seed: 1,
    sampleRequests: 100_000,
    factors: [1],
    threads: 1,
    ...changes,
  });
}

describe('the advice', () => {
  let busy: Advice;
  beforeAll(async () => {
    busy = await ask('poisson:rate=50,hours=0.1', { factors: [0.01, 1] });
  });

  test('is the cheapest of those that hold the objective', () => {
    const money = busy.choices.map((choice) => choice.monthly);
    expect(money).toEqual(money.toSorted((a, b) => a - b));
    for (const { result } of busy.choices) expect(holds(result, objective, objective)).toBe(true);
  });

  test('has of a server the fewest replicas that hold it', () => {
    const server = busy.choices.find(({ family }) => family === 'server')?.result.settings['replicas'] ?? 0;
    const fewer =
      busy.rates
        .at(-1)
        ?.results.filter(({ family, settings }) => family === 'server' && (settings['replicas'] ?? 0) < server) ?? [];
    // 50 a second of 50 ms keep 2.5 replicas busy.
    expect(server).toBeGreaterThanOrEqual(3);
    expect(fewer.some((result) => holds(result, objective, objective))).toBe(false);
  });

  test('is a server for a steady rate and a cloud function for a rare one, and says between which rates it flips', () => {
    expect(busy.choices[0]?.family).not.toBe('cloud');
    expect(busy.rates[0]?.choices[0]?.family).toBe('cloud');
    expect(busy.flips).toContainEqual({ of: 'rate', from: 1, to: 0.01, becomes: 'cloud' });
  });

  test('flips with prices: at the factor that is told it is the other one, before it the same', () => {
    const flip = busy.flips.find(({ of, to }) => of === 'price of functions' && to < 1);
    expect(flip?.becomes).toMatch(/cloud/);
    const { machine, functions } = prices;
    const at = (factor: number) => {
      const own = {
        machine,
        assumptions: prices.assumptions,
        currency: prices.currency,
        functions: {
          ...functions,
          gibSecond: functions.gibSecond * factor,
          millionRequests: functions.millionRequests * factor,
        },
      };
      return choose(busy.rates.at(-1)?.results ?? [], own, objective)[0]?.family;
    };
    expect(at(flip?.to ?? 1)).toBe(flip?.becomes);
    expect(at(flip?.from ?? 1)).toBe(busy.choices[0]?.family);
  });

  test('is none when an answer alone takes longer than the limit, which is to blame then', async () => {
    const none = await ask('poisson:rate=1,hours=0.1', {
      objective: parseObjective('p95 < 40ms'),
      model: makeModel({ server: { ...makeModel().server, service: { kind: 'measured', seconds: [0.03, 0.05] } } }),
    });
    expect(none.choices.some(({ family }) => family === 'server')).toBe(false);
    expect(none.blame).toMatch(/An answer alone takes too long.*50\.0 % are within 40 ms/);
  });

  test('names the run that would settle it where the measurement leaves another answer possible', async () => {
    // Nearly every request finds no warm instance: only with starts of no time does the cloud hold 100 ms.
    const doubt = { service: { low: 1, high: 1 }, start: { low: 0.01, high: 1 } };
    const options = { objective: parseObjective('p95 < 100ms'), model: makeModel({ doubt }) };
    const rare = await ask('constant:rate=0.001,hours=10', options);
    expect(rare.choices[0]?.family).not.toBe('cloud');
    const run = 'faceoff run --profile paper --scenario cold-start';
    expect(rare.doubts).toContainEqual({ of: expect.stringContaining('cold start (1 %'), becomes: 'cloud', run });
  });

  test('is confirmed on all of the traffic where the search saw a part of it', async () => {
    const part = await ask('poisson:rate=50,hours=0.4', { sampleRequests: 20_000 });
    expect(part.wasSampled).toBe(true);
    for (const { result } of part.choices) expect(result.good).toBeGreaterThanOrEqual(objective.quantile);
  });
});

test('a month costs its machines by the hour, and its functions by use', () => {
  const take = { vcpus: 2, gib: 4, gibSeconds: 1000, calls: 2e6 };
  const { machine, functions } = prices;
  expect(monthly(take, prices)).toBeCloseTo(
    730 * (2 * machine.vcpuHour + 4 * machine.gibHour) + 1000 * functions.gibSecond + 2 * functions.millionRequests,
    9,
  );
});

test('a limit that was not simulated with is judged by the next lower one that is known', () => {
  const shares = limitsMs.map((limit) => (limit >= 100 ? 1 : 0));
  const result = { good: 1, failed: 0, shares } as unknown as Result;
  expect(holds(result, { ...objective, latencyMs: 90 }, objective)).toBe(false);
  expect(holds(result, { ...objective, latencyMs: 120 }, objective)).toBe(true);
});
