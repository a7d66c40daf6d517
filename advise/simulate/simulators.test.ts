import { afterEach, describe, expect, test } from 'vitest';
import { queueKind } from '../../test/advisor/queues.ts';
import { patternTraffic } from '../traffic/index.ts';
import { Simulators } from './simulators.ts';
import type { System } from './system.ts';

const fixed = (replicas: number): System => ({
  kind: 'replicas',
  replica: queueKind({ kind: 'exponential', mean: 0.02 }, { concurrency: 4, crowding: 0.5 }),
  policy: { kind: 'fixed', replicas },
});
const systems = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(fixed);
const traffic = patternTraffic('poisson:rate=40,hours=0.05', 1);
const options = { seed: 3, limit: 0.1 };

describe('simulations on threads', () => {
  let simulators: Simulators | undefined;
  afterEach(() => simulators?.close());

  test.each([2, 3])('find what one thread finds, in the order of the systems, with %i of them', async (threads) => {
    const alone = await new Simulators(1).simulate(traffic, systems, options);
    simulators = new Simulators(threads);
    const outcomes = await simulators.simulate(traffic, systems, options);
    const plain = (all: typeof alone) => all.map(({ recorder, ...rest }) => ({ ...rest, recorded: recorder.recorded }));
    expect(plain(outcomes)).toEqual(plain(alone));
    expect(outcomes.map(({ recorder }) => recorder.quantile(0.95))).toEqual(
      alone.map(({ recorder }) => recorder.quantile(0.95)),
    );
  });

  test('tell how many requests have gone through, up to all of them through every system', async () => {
    const told: number[] = [];
    simulators = new Simulators(2);
    const outcomes = await simulators.simulate(traffic, systems, { ...options, onProgress: (done) => told.push(done) });
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(outcomes.reduce((sum, { recorder }) => sum + recorder.attempts, 0));
  });

  test('fail with what a simulation throws, as without threads', async () => {
    const broken = { ...fixed(1), policy: { kind: 'none' } } as unknown as System;
    const thrown = async (of: Simulators): Promise<unknown> =>
      of.simulate(traffic, [...systems, broken], options).then(() => undefined, String);
    simulators = new Simulators(2);
    const alone = await thrown(new Simulators(1));
    expect(alone).toMatch(/^TypeError/);
    expect(await thrown(simulators)).toBe(alone);
  });

  test('end when they are closed in the midst of it', async () => {
    const own = new Simulators(2);
    const day = patternTraffic('poisson:rate=1000,hours=24', 1);
    const closed = new Promise<void>((resolve, reject) => {
      const onProgress = (): void => void own.close().then(resolve, reject);
      void own.simulate(day, systems, { ...options, onProgress }).catch(() => undefined);
    });
    await expect(closed).resolves.toBeUndefined();
  });
});
