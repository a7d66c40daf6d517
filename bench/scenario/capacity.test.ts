import { afterEach, expect, test } from 'vitest';
import { deadUrl, type Endpoint, startEndpoint } from '../../test/double/endpoint.ts';
import { makeManifest } from '../../test/double/run.ts';
import { summarise } from '../summary/index.ts';
import { parseTarget } from '../target/index.ts';
import { capacityScenario } from './capacity.ts';
import { type Recorded, recordInMemory } from './test-double/context.ts';
import { startSingleSlot } from './test-double/single-slot.ts';

const settings = {
  timeoutMs: 5000,
  objective: { quantile: 0.9, latencyMs: 400, errorShare: 0.1 },
  capacity: { requests: 20, longest: 60, resolution: 0.5, confirmations: 1, probes: 8, maxRate: 100, warmup: 3 },
};

let endpoints: Endpoint[] = [];
afterEach(async () => {
  await Promise.all(endpoints.map((endpoint) => endpoint.close()));
  endpoints = [];
});

async function measure(urls: readonly string[], before: (recorded: Recorded) => void = () => undefined) {
  const targets = urls.map((url, index) => parseTarget(`t${index}=${url}`));
  const recorded = recordInMemory(targets, settings);
  before(recorded);
  await capacityScenario.run(recorded.context);
  const manifest = makeManifest({ settings: recorded.context.settings, targets: targets.map((target) => target) });
  return { ...recorded, summary: summarise({ manifest, ...recorded }) };
}

test('no target is said to serve more than its service time allows, and the search ends of itself', async () => {
  endpoints = await Promise.all([startSingleSlot(20), startSingleSlot(80)]);
  const { summary, events } = await measure(endpoints.map(({ url }) => url));
  const [fast, slow] = summary.targets.map(({ capacity }) => capacity);
  // One request after the other at most; the grid of rates has none nearer above it.
  expect(fast?.perSecond?.value ?? 0).toBeLessThan(1.5 * (1000 / 20));
  expect(slow?.perSecond?.value ?? 0).toBeLessThan(1.5 * (1000 / 80));
  for (const target of ['t0', 't1']) {
    const probes = events.filter((event) => event.kind === 'probe' && event.target === target);
    expect(probes.length).toBeGreaterThan(0);
    expect(probes.length).toBeLessThanOrEqual(settings.capacity.probes);
  }
});

test('targets take turns, a probe each', async () => {
  endpoints = await Promise.all([startEndpoint(), startEndpoint()]);
  const { events } = await measure(endpoints.map(({ url }) => url));
  const probes = events.flatMap((event) => (event.kind === 'probe' ? [event] : []));
  const order = probes.map(({ block }) => block);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(new Set(probes.filter(({ block }) => block === 1).map(({ target }) => target)).size).toBe(2);
});

test('every request of a probe is a sample of its block', async () => {
  endpoints = [await startEndpoint()];
  const { events, samples } = await measure(endpoints.map(({ url }) => url));
  for (const event of events) {
    if (event.kind !== 'probe' || event.givenUp) continue;
    const sent = samples.filter(({ block }) => block === event.block);
    expect(sent).toHaveLength(Math.round(event.rate * event.seconds));
  }
});

test('a probe that is hopeless is given up, and counts as broken', async () => {
  // It fails from the moment that it is warm.
  const fading: Endpoint = await startEndpoint((_, response) => {
    response.writeHead(fading.received.length > settings.capacity.warmup ? 500 : 200).end('{}');
  });
  endpoints = [fading];
  const { summary, events, samples } = await measure(endpoints.map(({ url }) => url));
  const [first] = events.flatMap((event) => (event.kind === 'probe' ? [event] : []));
  expect(first?.givenUp).toBe(true);
  expect(samples.filter(({ block }) => block === 1).length).toBeLessThan((first?.rate ?? 0) * (first?.seconds ?? 0));
  expect(summary.targets[0]?.capacity).toMatchObject({ state: 'none' });
  expect(summary.targets[0]?.capacity?.perSecond).toBeUndefined();
});

test('what had no answer when a probe was given up is counted', async () => {
  // From the moment that it is warm it answers three of four at once, with an error, and the fourth never.
  const hanging: Endpoint = await startEndpoint((_, response) => {
    const beyond = hanging.received.length - settings.capacity.warmup;
    if (beyond > 0 && beyond % 4 === 1) return;
    response.writeHead(beyond > 0 ? 500 : 200).end('{}');
  });
  endpoints = [hanging];
  const { events, summary } = await measure(endpoints.map(({ url }) => url));
  const [first] = events.flatMap((event) => (event.kind === 'probe' ? [event] : []));
  expect(first).toMatchObject({ givenUp: true });
  expect(first?.underway?.requests).toBeGreaterThan(0);
  expect(summary.targets[0]?.capacity?.underway).toBeGreaterThanOrEqual(first?.underway?.requests ?? 0);
});

test('a target that is too slow for the objective when it is alone is not searched, and that is noted', async () => {
  endpoints = [await startSingleSlot(500)];
  const { summary, events } = await measure(endpoints.map(({ url }) => url));
  expect(events.some(({ kind }) => kind === 'probe')).toBe(false);
  expect(summary.notes[0]).toMatch(
    /^t0 keeps p90 < 400 ms, errors < 10 % at no rate: .* one that is alone takes \d+ ms/,
  );
});

test('a target that is gone is noted, and its failures are kept', async () => {
  const { summary, samples } = await measure([await deadUrl()]);
  expect(summary.notes[0]).toContain('it answered none');
  expect(samples.length).toBeGreaterThan(0);
});

test('a stop ends the search, and the probe that it met shows nothing', async () => {
  endpoints = [await startSingleSlot(20)];
  const { events } = await measure(
    endpoints.map(({ url }) => url),
    ({ context, stop }) => {
      const { sample } = context;
      context.sample = (each) => {
        sample(each);
        stop.abort();
      };
    },
  );
  expect(events.filter(({ kind }) => kind === 'probe')).toEqual([]);
});
