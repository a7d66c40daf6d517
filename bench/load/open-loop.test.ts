import { afterEach, expect, test } from 'vitest';
import { deadUrl, type Endpoint, startEndpoint } from '../../test/double/endpoint.ts';
import type { OpenLoop } from './generator/index.ts';
import { runOpenLoop } from './open-loop.ts';
import type { Measured } from './sample.ts';

let endpoint: Endpoint | undefined;
afterEach(() => endpoint?.close());

const loop = {
  photos: [{ name: 'one.jpg', bytes: Buffer.from('x'), contentType: 'image/jpeg' }],
  arrivals: { kind: 'constant' as const, rate: 50, seconds: 0.4 },
  timeoutMs: 5000,
  signal: new AbortController().signal,
};

async function collect(url: string, options: Partial<OpenLoop> = {}): Promise<Measured[]> {
  const samples: Measured[] = [];
  await runOpenLoop({ ...loop, url, onSample: (sample) => samples.push(sample), ...options });
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

test('an answer that is no HTTP is malformed', async () => {
  endpoint = await startEndpoint((request) => request.socket.end('garbage\r\n\r\n'));
  const samples = await collect(endpoint.url);
  expect(samples.map(({ error }) => error)).toEqual(Array(20).fill('malformed'));
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

test('a loop that is ended tells how many requests it gave up, and how old the oldest is', async () => {
  let received: () => void = () => undefined;
  const five = new Promise<void>((resolve) => {
    received = resolve;
  });
  endpoint = await startEndpoint((_, response) => {
    const count = endpoint?.received.length ?? 0;
    if (count <= 2) response.end('{}');
    if (count === 5) received();
  });
  const stop = new AbortController();
  const samples: Measured[] = [];
  const loops = runOpenLoop({
    ...{ ...loop, url: endpoint.url, signal: stop.signal, onSample: (sample: Measured) => samples.push(sample) },
    arrivals: { kind: 'constant', rate: 50, seconds: 3600 },
  });
  await five;
  stop.abort();
  const { lateness, underway } = await loops;
  expect(underway.requests + samples.length).toBe(lateness.requests);
  expect(underway.requests).toBeGreaterThanOrEqual(3);
  // The third was sent two steps of 20 ms before the fifth.
  expect(underway.oldestMs).toBeGreaterThanOrEqual(40);
});

test('a loop that ended by itself has given up nothing', async () => {
  endpoint = await startEndpoint();
  const { underway } = await runOpenLoop({ ...loop, url: endpoint.url, onSample: () => undefined });
  expect(underway).toEqual({ requests: 0, oldestMs: 0 });
});

test('a stall of a second shows in full: latency falls evenly over the requests that were intended during it', async () => {
  const stallMs = 1000;
  let end = 0;
  const waiting: (() => void)[] = [];
  endpoint = await startEndpoint((_, response) => {
    if (end === 0) {
      setTimeout(() => {
        end = performance.timeOrigin + performance.now();
        for (const answer of waiting) answer();
      }, stallMs);
      end = Number.POSITIVE_INFINITY;
    }
    if (end === Number.POSITIVE_INFINITY) waiting.push(() => response.end('{}'));
    else response.end('{}');
  });
  const samples = await collect(endpoint.url, { arrivals: { kind: 'constant', rate: 100, seconds: 1.5 } });
  expect(samples).toHaveLength(150);
  const stalled = samples.filter(({ intended }) => intended < end);
  expect(stalled.length).toBeGreaterThan(90);
  for (const { intended, answered } of stalled) expect(answered - intended).toBeGreaterThanOrEqual(end - intended);
  expect(Math.max(...stalled.map(({ answered, intended }) => answered - intended))).toBeGreaterThanOrEqual(stallMs);
});

test('every request that went out counts in the lateness, which is what lies between intended and sent', async () => {
  endpoint = await startEndpoint();
  const samples: Measured[] = [];
  const { lateness } = await runOpenLoop({
    ...loop,
    url: endpoint.url,
    onSample: (sample) => samples.push(sample),
  });
  expect(lateness.requests).toBe(20);
  const latest = Math.max(...samples.map(({ intended, sent }) => sent - intended));
  expect(lateness.maxMs / latest).toBeCloseTo(1, 2);
});

test('no request goes out before its time', async () => {
  endpoint = await startEndpoint();
  const arrivals = { kind: 'poisson' as const, rate: 200, seconds: 1, seed: 7 };
  for (const { intended, sent } of await collect(endpoint.url, { arrivals }))
    expect(sent).toBeGreaterThanOrEqual(intended);
});

test('photos are sent in turn, byte for byte', async () => {
  endpoint = await startEndpoint();
  const photos = ['a', 'b', 'c'].map((name) => ({ name, bytes: Buffer.from(name), contentType: 'image/jpeg' }));
  const samples = await collect(endpoint.url, { photos });
  expect(samples.map(({ photo }) => photo).join('')).toBe('abcabcabcabcabcabcab');
  expect(endpoint.received.map(String).sort().join('')).toBe('aaaaaaabbbbbbbcccccc');
});

test('a server that closes each connection answers every request', async () => {
  endpoint = await startEndpoint((_, response) => response.writeHead(200, { connection: 'close' }).end('{}'));
  expect((await collect(endpoint.url)).map(({ status }) => status)).toEqual(Array(20).fill(200));
});

test('a connection cut before the answer is one error, and the next request is answered', async () => {
  let calls = 0;
  endpoint = await startEndpoint((request, response) => {
    calls += 1;
    if (calls === 3) request.socket.destroy();
    else response.end('{}');
  });
  const samples = await collect(endpoint.url);
  expect(samples.filter(({ error }) => error === 'connection')).toHaveLength(1);
  expect(samples.filter(({ status }) => status === 200)).toHaveLength(19);
});

test('what was answered before an abort is delivered', async () => {
  const stop = new AbortController();
  let answered = 0;
  endpoint = await startEndpoint((_, response) => {
    response.end('{}');
    answered += 1;
    if (answered === 30) setTimeout(() => stop.abort(), 20);
  });
  const arrivals = { kind: 'constant' as const, rate: 20, seconds: 3600 };
  expect((await collect(endpoint.url, { arrivals, signal: stop.signal })).length).toBeGreaterThanOrEqual(29);
});

test('what the receiver of samples throws ends the loop with it', async () => {
  endpoint = await startEndpoint();
  const onSample = (): never => {
    throw new Error('disk full');
  };
  await expect(runOpenLoop({ ...loop, url: endpoint.url, onSample })).rejects.toThrow('disk full');
});

test('credentials of the URL are sent as basic auth', async () => {
  endpoint = await startEndpoint(({ headers }, response) => {
    response.writeHead(headers.authorization === `Basic ${btoa('me:secret')}` ? 200 : 401).end();
  });
  const samples = await collect(endpoint.url.replace('//', '//me:secret@'));
  expect(samples.map(({ status }) => status)).toEqual(Array(20).fill(200));
});

test('requests carry the host that the target is known by', async () => {
  endpoint = await startEndpoint();
  await collect(endpoint.url, { host: 'f.example.com' });
  expect(new Set(endpoint.headers.map(({ host }) => host))).toEqual(new Set(['f.example.com']));
});
