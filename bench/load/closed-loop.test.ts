import { afterEach, expect, test } from 'vitest';
import { deadUrl, type Endpoint, startEndpoint } from '../../test/double/endpoint.ts';
import { startRawServer } from '../../test/double/raw-server.ts';
import { type ClosedLoop, runClosedLoop } from './closed-loop.ts';
import type { Measured } from './sample.ts';

const photos = ['one.jpg', 'two.jpg'].map((name) => ({
  name,
  bytes: Buffer.from([0xff, 0xd8, 0x00, name.length]),
  contentType: 'image/jpeg',
}));
let endpoint: Endpoint | undefined;
afterEach(() => endpoint?.close());

async function collect(url: string, options: Partial<ClosedLoop> = {}): Promise<Measured[]> {
  const samples: Measured[] = [];
  await runClosedLoop({
    url,
    photos,
    connections: 1,
    until: { requests: 10 },
    timeoutMs: 2000,
    reconnect: false,
    signal: new AbortController().signal,
    onSample: (sample) => samples.push(sample),
    ...options,
  });
  return samples;
}

test('a counted loop sends just that many requests and tells each one', async () => {
  endpoint = await startEndpoint();
  const samples = await collect(endpoint.url);
  expect(samples).toHaveLength(10);
  expect(endpoint.received).toHaveLength(10);
  expect(samples.every(({ status }) => status === 200)).toBe(true);
});

test('photos are sent in turn, byte for byte', async () => {
  endpoint = await startEndpoint();
  const samples = await collect(endpoint.url, { until: { requests: 4 } });
  expect(samples.map(({ photo }) => photo)).toEqual(['one.jpg', 'two.jpg', 'one.jpg', 'two.jpg']);
  expect(endpoint.received[1]).toEqual(photos[1]?.bytes);
});

test('the replica that answered is told', async () => {
  endpoint = await startEndpoint();
  const [sample] = await collect(endpoint.url, { until: { requests: 1 } });
  expect(sample?.replica).toBe('double-1');
});

test('times run forward and a closed loop is never late', async () => {
  endpoint = await startEndpoint();
  for (const { intended, sent, answered } of await collect(endpoint.url)) {
    expect(sent).toBe(intended);
    expect(answered).toBeGreaterThan(sent);
  }
});

test('an answer that is not a success keeps its status', async () => {
  endpoint = await startEndpoint((_, response) => response.writeHead(503).end());
  expect((await collect(endpoint.url)).map(({ status }) => status)).toEqual(Array(10).fill(503));
});

test('a request without an answer is a time-out, and the next one is sent', async () => {
  let calls = 0;
  endpoint = await startEndpoint((_, response) => {
    calls += 1;
    if (calls !== 2) response.end('{}');
  });
  const samples = await collect(endpoint.url, { until: { requests: 3 }, timeoutMs: 1000 });
  expect(samples.map(({ status, error }) => error ?? status)).toEqual([200, 'timeout', 200]);
});

test('a last request that has timed out is a sample too', async () => {
  let calls = 0;
  endpoint = await startEndpoint((_, response) => {
    calls += 1;
    if (calls < 3) response.end('{}');
  });
  const samples = await collect(endpoint.url, { until: { requests: 3 }, timeoutMs: 1000 });
  expect(samples.map(({ status, error }) => error ?? status)).toEqual([200, 200, 'timeout']);
});

test('a last request whose connection is closed is a sample too', async () => {
  endpoint = await startEndpoint((request) => request.socket.end());
  const samples = await collect(endpoint.url, { until: { requests: 1 } });
  expect(samples.map(({ error }) => error)).toEqual(['connection']);
});

test('an option that autocannon refuses is told as it is', async () => {
  await expect(collect('http://127.0.0.1:1/', { connections: -1 })).rejects.toThrow(/connections/);
});

test('a connection cut before the answer is a connection error', async () => {
  let calls = 0;
  endpoint = await startEndpoint((request, response) => {
    calls += 1;
    if (calls === 2) request.socket.end();
    else response.end('{}');
  });
  const samples = await collect(endpoint.url, { until: { requests: 3 } });
  expect(samples.map(({ status, error }) => error ?? status)).toEqual([200, 'connection', 200]);
});

test('nobody listening gives connection errors, and the loop gives up', async () => {
  const samples = await collect(await deadUrl(), { until: { requests: 100_000 } });
  expect(samples.length).toBeGreaterThan(0);
  expect(samples.length).toBeLessThan(1000);
  expect(samples.every(({ error }) => error === 'connection')).toBe(true);
});

test('a timed loop records nothing after its window', async () => {
  endpoint = await startEndpoint();
  const start = performance.timeOrigin + performance.now();
  const samples = await collect(endpoint.url, { until: { seconds: 0.3 }, connections: 2 });
  expect(samples.length).toBeGreaterThan(1);
  expect(Math.max(...samples.map(({ answered }) => answered))).toBeLessThanOrEqual(start + 400);
});

test('an aborted loop ends early and keeps what it has', async () => {
  const stop = new AbortController();
  endpoint = await startEndpoint();
  const samples: Measured[] = [];
  await collect(endpoint.url, {
    until: { seconds: 3600 },
    signal: stop.signal,
    onSample: (sample) => {
      samples.push(sample);
      if (samples.length === 5) stop.abort();
    },
  });
  expect(samples.length).toBeGreaterThanOrEqual(5);
});

test('a server that closes each connection is measured over new ones', async () => {
  endpoint = await startEndpoint((_, response) => response.writeHead(200, { connection: 'close' }).end('{}'));
  const samples = await collect(endpoint.url, { reconnect: true, connections: 2, until: { requests: 8 } });
  expect(samples.map(({ status }) => status)).toEqual(Array(8).fill(200));
});

const ways = [
  { over: 'kept connections', reconnect: false },
  { over: 'new connections', reconnect: true },
];

test.each(ways)(
  'what has no answer when a timed loop ends is told, with how long it has waited ($over)',
  async (way) => {
    let requests = 0;
    endpoint = await startEndpoint((_, response) => {
      requests += 1;
      if (requests <= 4) response.end('{}');
    });
    const samples: Measured[] = [];
    const loop = { url: endpoint.url, photos, connections: 2, timeoutMs: 10_000, reconnect: way.reconnect };
    const signal = new AbortController().signal;
    const underway = await runClosedLoop({
      ...loop,
      until: { seconds: 1 },
      signal,
      onSample: (at) => samples.push(at),
    });
    expect(samples).toHaveLength(4);
    expect(underway.requests).toBe(2);
    expect(underway.oldestMs).toBeGreaterThan(500);
  },
);

test.each(ways)(
  'an answer that comes after the end of a timed loop was under way then ($over)',
  async ({ reconnect }) => {
    // autocannon looks for its end each 50 ms: the answers come before that, and other requests go out.
    endpoint = await startEndpoint((_, response) => setTimeout(() => response.end('{}'), 320));
    const samples: Measured[] = [];
    const loop = { url: endpoint.url, photos, connections: 2, timeoutMs: 10_000, reconnect };
    const signal = new AbortController().signal;
    const underway = await runClosedLoop({
      ...loop,
      until: { seconds: 0.31 },
      signal,
      onSample: (at) => samples.push(at),
    });
    expect(samples).toEqual([]);
    expect(underway.requests).toBe(2);
    expect(underway.oldestMs).toBeGreaterThan(0);
    // Up to the rounding of times since 1970.
    expect(underway.oldestMs).toBeLessThan(311);
  },
);

test('requests that are given up when a timed loop ends are no samples', async () => {
  endpoint = await startEndpoint(() => undefined);
  const samples = await collect(endpoint.url, { reconnect: true, until: { seconds: 0.2 }, timeoutMs: 1000 });
  expect(samples).toEqual([]);
});

test.each(ways)('a counted loop leaves nothing under way ($over)', async ({ reconnect }) => {
  endpoint = await startEndpoint();
  const loop = { url: endpoint.url, photos, connections: 2, timeoutMs: 2000, reconnect };
  const signal = new AbortController().signal;
  const underway = await runClosedLoop({ ...loop, until: { requests: 4 }, signal, onSample: () => undefined });
  expect(underway).toEqual({ requests: 0, oldestMs: 0 });
});

const whole = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

test.each([
  ['a line of something else', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['something else without a line', '\x00\xff'],
  ['a header that is none', 'HTTP/1.1 200 OK\r\ncontent-length 2\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
  ['a body whose parts have no length', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nno length\r\n{}'],
])('%s in place of an answer is malformed, and the next request is answered', async (_, garbage) => {
  const server = await startRawServer((socket, request) => socket.write(request === 1 ? garbage : whole));
  try {
    const samples = await collect(server.url, { until: { requests: 3 } });
    expect(samples.map(({ status, error }) => error ?? status)).toEqual([200, 'malformed', 200]);
    expect(samples[1]?.detail).toMatch(/./);
  } finally {
    await server.close();
  }
});

test('the answer after one that was cut is read from its beginning', async () => {
  const cut = 'HTTP/1.1 200 OK\r\ncontent-length: 9000\r\n\r\n{';
  const server = await startRawServer((socket, request) => (request === 1 ? socket.end(cut) : socket.write(whole)));
  try {
    const samples = await collect(server.url, { until: { requests: 3 } });
    expect(samples.map(({ status, error }) => error ?? status)).toEqual([200, 'connection', 200]);
  } finally {
    await server.close();
  }
});

test('requests carry the host that the target is known by', async () => {
  endpoint = await startEndpoint();
  await collect(endpoint.url, { host: 'f.example.com' });
  expect(new Set(endpoint.headers.map(({ host }) => host))).toEqual(new Set(['f.example.com']));
});
