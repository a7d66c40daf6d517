import { afterEach, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../test/double/endpoint.ts';
import { parseTarget, type Target } from '../target/index.ts';
import { baseBurstScenario } from './base-burst.ts';
import { dueOf, photoNamed, recordInMemory } from './test-double/context.ts';

const shape = { factor: 4, beforeSeconds: 0.2, burstSeconds: 0.2, afterSeconds: 0.2, trials: 1 };

const endpoints: Endpoint[] = [];
afterEach(() => Promise.all(endpoints.splice(0).map((endpoint) => endpoint.close())));

async function target(name: string, changes: Partial<Target> = {}): Promise<Target> {
  const endpoint = await startEndpoint();
  endpoints.push(endpoint);
  return { ...parseTarget(`${name}=${endpoint.url}`), ...changes };
}

test('a given rate is sent before and after, and the factor times it in between', async () => {
  const { context, samples } = recordInMemory([await target('mine')], {
    'base-burst': { ...shape, rate: 500 },
  });
  await baseBurstScenario.run(context);
  // At that rate the first is due 2 ms after the start, as a mean; the generator itself may take a moment to begin.
  const start = Math.min(...samples.map(({ intended }) => intended));
  const due = (from: number, to: number) =>
    samples.filter(({ intended }) => intended - start >= from && intended - start < to).length;
  // 100 and 400 are expected; beyond five standard deviations of chance, and the seed is fixed.
  expect([due(0, 200), due(400, 610)].every((count) => count > 50 && count < 150)).toBe(true);
  expect(due(200, 400)).toBeGreaterThan(300);
});

test('a measured rate is half of what the slowest server can take', async () => {
  const server = await target('server', { architecture: 'server' });
  const other = await target('other', { architecture: 'serverless' });
  const { context, events } = recordInMemory([server, other], { 'base-burst': { ...shape, rate: 'measured' } });
  context.capacities.set('server', 80).set('other', 20);
  await baseBurstScenario.run(context);
  expect(events.flatMap((event) => (event.kind === 'load' ? [event.rate] : []))).toEqual([40, 40, 40, 40]);
});

test('without a capacity there is no burst, and the report is told why', async () => {
  const { context, samples, events } = recordInMemory([await target('mine')], {
    'base-burst': { ...shape, rate: 'measured' },
  });
  await baseBurstScenario.run(context);
  expect(samples).toEqual([]);
  expect(events).toMatchObject([{ kind: 'note', text: expect.stringContaining('found none') }]);
});

test('every target may scale, from one replica on', async () => {
  const done: string[] = [];
  const mine = await target('mine', {
    autoscale: async (on) => void done.push(`autoscale ${on}`),
    scale: async (replicas) => void done.push(`scale ${replicas}`),
  });
  const { context } = recordInMemory([mine], { 'base-burst': { ...shape, rate: 10 } });
  await baseBurstScenario.run(context);
  expect(done).toEqual(['autoscale true', 'scale 1']);
});

test('all targets of a trial get the same arrivals and photos, and other trials get others', async () => {
  const { context, samples } = recordInMemory([await target('a'), await target('b')], {
    'base-burst': { ...shape, rate: 100, trials: 2 },
  });
  context.photos = ['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg'].map(photoNamed);
  await baseBurstScenario.run(context);
  const sent = (name: string, trial: number) =>
    dueOf(samples.filter(({ target, block }) => target === name && block === trial));
  expect(sent('a', 0).length).toBeGreaterThan(20);
  for (const trial of [0, 1]) {
    expect(sent('a', trial)).toEqual(sent('b', trial).map(([due, photo]) => [expect.closeTo(due, 2), photo]));
  }
  expect(sent('a', 0)).not.toEqual(sent('a', 1).map(([due]) => [expect.closeTo(due, 2), expect.anything()]));
});
