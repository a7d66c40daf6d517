import { afterEach, expect, test } from 'vitest';
import { deadUrl, type Endpoint, startEndpoint } from '../../test/double/endpoint.ts';
import { type OpenLoop, runOpenLoop } from './open-loop.ts';
import type { Measured } from './sample.ts';

let endpoint: Endpoint | undefined;
afterEach(() => endpoint?.close());

async function collect(url: string, options: Partial<OpenLoop> = {}): Promise<Measured[]> {
  const samples: Measured[] = [];
  await runOpenLoop({
    url,
    photos: [{ name: 'one.jpg', bytes: Buffer.from('x'), contentType: 'image/jpeg' }],
    arrivals: { kind: 'constant', rate: 50, seconds: 0.4 },
    timeoutMs: 5000,
    signal: new AbortController().signal,
    onSample: (sample) => samples.push(sample),
    ...options,
  });
  return samples.sort((a, b) => a.intended - b.intended);
}

test('requests are intended at even distances', async () => {
  endpoint = await startEndpoint();
  const samples = await collect(endpoint.url);
  expect(samples).toHaveLength(20);
  samples.slice(1).forEach(({ intended }, index) => {
    expect(intended - (samples[index]?.intended ?? 0)).toBeCloseTo(20, 1);
  });
});

test('requests go out while earlier ones wait, and a stall shows in the latency of all that met it', async () => {
  const waiting: (() => void)[] = [];
  endpoint = await startEndpoint((_, response) => {
    waiting.push(() => response.end('{}'));
    if (waiting.length === 20) for (const answer of waiting) answer();
  });
  const samples = await collect(endpoint.url);
  expect(samples.map(({ status }) => status)).toEqual(Array(20).fill(200));
  const first = samples[0];
  expect((first?.answered ?? 0) - (first?.intended ?? 0)).toBeGreaterThan(300);
});

test('nobody listening gives a connection error for every request', async () => {
  const samples = await collect(await deadUrl());
  expect(samples.map(({ error }) => error)).toEqual(Array(20).fill('connection'));
});

test('no answer in time is a time-out', async () => {
  endpoint = await startEndpoint(() => undefined);
  const samples = await collect(endpoint.url, { timeoutMs: 100 });
  expect(samples.map(({ error }) => error)).toEqual(Array(20).fill('timeout'));
});

test('an aborted loop ends without waiting for answers', async () => {
  endpoint = await startEndpoint(() => undefined);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 200);
  expect(
    await collect(endpoint.url, {
      arrivals: { kind: 'constant', rate: 50, seconds: 3600 },
      timeoutMs: 3_600_000,
      signal: stop.signal,
    }),
  ).toEqual([]);
});
