import { afterEach, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../test/double/endpoint.ts';
import { parseTarget, type Target } from '../target/index.ts';
import { burstScenario } from './burst.ts';
import { dueOf, photoNamed, recordInMemory } from './test-double/context.ts';

const burst = { rate: 10, factor: 5, seconds: 0.4, idleSeconds: 0, windowSeconds: 0.2, trials: 2 };

let endpoint: Endpoint | undefined;
afterEach(() => endpoint?.close());

/** A target that notes what it is told, over a real server. */
async function scalable(done: string[]): Promise<Target> {
  endpoint = await startEndpoint();
  return {
    ...parseTarget(`mine=${endpoint.url}`),
    autoscale: async (on) => void done.push(`autoscale ${on}`),
    scale: async (replicas) => void done.push(`scale ${replicas}`),
    replicas: async () => ({ ready: 1, desired: 1 }),
  };
}

test('a target that can be scaled gets a burst from one replica and one from none, each trial', async () => {
  const done: string[] = [];
  const { context, events } = recordInMemory([await scalable(done)], { burst });
  await burstScenario.run(context);
  const begun = events.flatMap((event) => (event.kind === 'load' && event.edge === 'start' ? [event] : []));
  expect(begun.map(({ from }) => from).sort()).toEqual([0, 0, 1, 1]);
  expect(begun.map(({ block }) => block).sort()).toEqual([0, 1, 2, 3]);
  expect(done.filter((each) => each === 'autoscale true')).toHaveLength(4);
  expect(done.filter((each) => each.startsWith('scale')).map((each) => Number(each.at(-1)))).toEqual(
    begun.map(({ from }) => from),
  );
});

test('one that cannot be scaled gets those from one replica alone', async () => {
  endpoint = await startEndpoint();
  const { context, events } = recordInMemory([parseTarget(`mine=${endpoint.url}`)], { burst });
  await burstScenario.run(context);
  expect(events.flatMap((event) => (event.kind === 'load' ? [event.from] : []))).toEqual([1, 1, 1, 1]);
});

test('the burst is of the factor times the rate, and its samples are of its block', async () => {
  endpoint = await startEndpoint();
  const settings = { burst: { ...burst, factor: 100, trials: 1 } };
  const { context, samples } = recordInMemory([parseTarget(`mine=${endpoint.url}`)], settings);
  await burstScenario.run(context);
  // 400 are expected; by chance as few as 300 or as many as 500 come once in a million runs, and the seed is fixed.
  expect(samples.length).toBeGreaterThan(300);
  expect(samples.length).toBeLessThan(500);
  expect(new Set(samples.map(({ block }) => block))).toEqual(new Set([0]));
});

test('a burst that is stopped has no end', async () => {
  endpoint = await startEndpoint();
  const { context, events, stop } = recordInMemory([parseTarget(`mine=${endpoint.url}`)], { burst });
  context.sample = () => stop.abort();
  await burstScenario.run(context);
  expect(events.flatMap((event) => (event.kind === 'load' ? [event.edge] : []))).toEqual(['start']);
});

test('all bursts of a trial have the same arrivals and photos, and other trials have others', async () => {
  const mine = await scalable([]);
  const { context, samples } = recordInMemory([mine, { ...mine, name: 'other' }], { burst: { ...burst, rate: 30 } });
  context.photos = ['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg'].map(photoNamed);
  await burstScenario.run(context);
  const sent = (name: string, block: number) =>
    dueOf(samples.filter((sample) => sample.target === name && sample.block === block));
  expect(sent('mine', 0).length).toBeGreaterThan(20);
  for (const [trial, blocks] of [
    [0, [0, 1]],
    [2, [2, 3]],
  ] as const) {
    const same = sent('mine', trial).map(([due, photo]) => [expect.closeTo(due, 2), photo]);
    for (const name of ['mine', 'other']) for (const block of blocks) expect(sent(name, block)).toEqual(same);
  }
  expect(sent('mine', 0)).not.toEqual(sent('mine', 2).map(([due]) => [expect.closeTo(due, 2), expect.anything()]));
});
