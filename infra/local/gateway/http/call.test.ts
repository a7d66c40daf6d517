import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../test-double/index.ts';
import { TestGateway } from '../test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.start({ limits: { upstreamTimeoutMs: 1_500 } });
  await gateway.deploy();
});
afterAll(() => gateway.close());

/** What the replica saw of a call. */
const seen = z.object({
  replica: z.string(),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.object({ bytes: z.number(), sha256: z.string() }),
});

async function seenOf(...call: Parameters<TestGateway['call']>): Promise<z.infer<typeof seen>> {
  const { body } = await gateway.call(...call);
  return seen.parse(await body.json());
}

describe('a function gets', () => {
  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('the method %s', async (method) => {
    expect((await seenOf('', { method })).method).toBe(method);
  });

  test.each([
    ['', '/'],
    ['/', '/'],
    ['?k=3', '/?k=3'],
    ['/classify?k=3&k=4&empty=', '/classify?k=3&k=4&empty='],
    ['/a%20b/%2F//c?q=%C3%A9', '/a%20b/%2F//c?q=%C3%A9'],
    ['.openfaas-fn/sub', '/sub'],
    ['/x?q=%zz/../%ff', '/x?q=%zz/../%ff'],
  ])('for /function/f%s the path %s', async (given, path) => {
    expect((await seenOf(given)).url).toBe(path);
  });

  test('the headers of the caller, and those that OpenFaaS adds', async () => {
    const { headers } = await seenOf('', { headers: { 'x-own': 'é', accept: 'a/b', connection: 'keep-alive' } });
    expect(headers).toMatchObject({ accept: 'a/b', 'x-forwarded-for': '127.0.0.1' });
    expect(headers).toMatchObject({ 'x-forwarded-host': new URL(gateway.url).host });
    expect(headers['x-call-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['x-start-time']).toMatch(/^\d{19}$/);
  });

  test('the call id of the caller', async () => {
    expect((await seenOf('', { headers: { 'x-call-id': 'mine' } })).headers['x-call-id']).toBe('mine');
  });

  test('no body when there is none', async () => {
    const { headers, body } = await seenOf('', { method: 'POST' });
    expect(body.bytes).toBe(0);
    expect(headers['transfer-encoding']).toBeUndefined();
  });

  test.each([1, 50_000, 5_000_000])('a body of %i bytes whole', async (size) => {
    const sent = randomBytes(size);
    const sha256 = createHash('sha256').update(sent).digest('hex');
    expect((await seenOf('', { method: 'POST', body: sent })).body).toEqual({ bytes: size, sha256 });
  });

  test('a body of unknown length, with any content type', async () => {
    const body = Readable.from([Buffer.from('one '), Buffer.from('two')]);
    const headers = { 'content-type': 'application/json' };
    expect((await seenOf('', { method: 'POST', body, headers })).body.bytes).toBe(7);
  });

  test('a body that a caller sends after asking whether to (Expect: 100-continue)', async () => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.write(
      'POST /function/f/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
    );
    expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1.1 100 Continue/);
    socket.write('body');
    expect(String(Buffer.concat(await socket.toArray()))).toMatch(/^HTTP\/1.1 200 OK.*body/s);
  });
});

describe('a caller gets', () => {
  test('the status, and the headers of the function with those of the gateway', async () => {
    const { statusCode, headers, body } = await gateway.call('');
    await body.dump();
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-served-by': 'faceoff-local' });
    expect(headers['x-replica-id']).toMatch(/^f-1-/);
    expect(headers['x-call-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([201, 204, 304, 404, 418, 500])('the status %i of the function', async (code) => {
    const { statusCode, body } = await gateway.call(`/status?code=${code}`);
    await body.dump();
    expect(statusCode).toBe(code);
  });

  test('the answer to HEAD without a body', async () => {
    const { statusCode, headers, body } = await gateway.call('', { method: 'HEAD' });
    expect([statusCode, headers['content-type'], await body.text()]).toEqual([200, 'application/json', '']);
  });

  test('a large body back as it was sent', async () => {
    const sent = randomBytes(20_000_000);
    const { body } = await gateway.call('/echo', { method: 'POST', body: sent });
    expect(Buffer.from(await body.arrayBuffer()).equals(sent)).toBe(true);
  });

  test('each part of an answer as it comes, while the request still goes on', async () => {
    let send: (part: string) => void = () => undefined;
    const parts = new Readable({ read: () => undefined });
    send = (part) => parts.push(part);
    send('one');
    const { body } = await gateway.call('/echo', { method: 'POST', body: parts });
    const answer = body[Symbol.asyncIterator]();
    expect(String((await answer.next()).value)).toBe('one');
    send('two');
    expect(String((await answer.next()).value)).toBe('two');
    parts.push(null);
    expect((await answer.next()).done).toBe(true);
  });

  test('a short body back, byte for byte', async () => {
    const { headers, body } = await gateway.call('/bytes');
    expect(headers['content-length']).toBe('256');
    expect([...new Uint8Array(await body.arrayBuffer())]).toEqual([...Array(256).keys()]);
  });

  test.each(['', '?length=8'])('the headers of an answer before its body (%j)', async (query) => {
    const { headers, body } = await gateway.call(`/held${query}`);
    expect(headers['content-type']).toBe('text/event-stream');
    await (await gateway.call('/release')).body.dump();
    expect(await body.text()).toBe('released');
  });

  test('an answer that comes before the whole request was read, and the next one on the same connection', async () => {
    const client = new Client(gateway.url);
    const refused = await client.request({ method: 'POST', path: '/function/f/refuse', body: randomBytes(5_000_000) });
    expect([refused.statusCode, await refused.body.text()]).toEqual([413, 'too much']);
    const next = await client.request({ method: 'POST', path: '/function/f', body: 'x' });
    expect(seen.parse(await next.body.json()).body.bytes).toBe(1);
    await client.close();
  });

  test('504 when the function does not begin its answer in time', async () => {
    const { statusCode, body } = await gateway.call('/sleep?ms=20000');
    expect([statusCode, await body.text()]).toEqual([
      504,
      expect.stringMatching(/^the replica f-1-\w+ did not answer in time\n$/),
    ]);
  });

  test('404 for a function that is not there', async () => {
    const { statusCode, body } = await gateway.system('GET', '../function/nobody');
    expect([statusCode, await body.text()]).toEqual([404, 'error finding function nobody: not found\n']);
  });

  test.each(['/function/', '/function/f!', '/other'])('404 for %s', async (path) => {
    expect((await fetch(`${gateway.url}${path}`)).status).toBe(404);
  });
});

const calls = async () =>
  (await (await gateway.call('/calls')).body.json()) as { begun: string[]; aborted: string[]; flooded: number };

/** Waits until a growing number has stayed the same for a while, and gives it. */
async function settled(read: () => number | Promise<number>): Promise<number> {
  for (let last = -1; ; ) {
    const now = await read();
    if (now > 0 && now === last) return now;
    last = now;
    await sleep(300);
  }
}

describe('a side that does not read', () => {
  const bytes = 200_000_000;

  test('holds up the function, and fills no memory of the gateway', async () => {
    const leave = new AbortController();
    const { body } = await gateway.call(`/flood?bytes=${bytes}`, { signal: leave.signal });
    expect(await settled(async () => (await calls()).flooded)).toBeLessThan(bytes / 2);
    leave.abort();
    await expect(body.text()).rejects.toThrow();
  });

  test('holds up the caller', async () => {
    const leave = new AbortController();
    let sent = 0;
    const body = new Readable({
      read() {
        sent += 100_000;
        this.push(sent < bytes ? Buffer.alloc(100_000) : null);
      },
    });
    const call = gateway.call('/sleep?ms=600000', { method: 'POST', body, signal: leave.signal });
    expect(await settled(() => sent)).toBeLessThan(bytes / 2);
    leave.abort();
    await expect(call).rejects.toThrow();
  });
});

describe('a caller who leaves', () => {
  test('ends the call at the replica', async () => {
    const leave = new AbortController();
    const call = gateway.call('/sleep?ms=1000&tag=left', { method: 'POST', body: 'x', signal: leave.signal });
    await until(async () => (await calls()).begun.includes('left'));
    leave.abort();
    await expect(call).rejects.toThrow();
    await until(async () => (await calls()).aborted.includes('left'));
  });

  test('in the middle of sending frees the replica', async () => {
    const leave = new AbortController();
    const body = new Readable({ read: () => undefined });
    body.push('a part');
    const call = gateway.call('', { method: 'POST', body, signal: leave.signal });
    await until(() => gateway.functions.get('f').replicas.busy);
    leave.abort();
    await expect(call).rejects.toThrow();
    await until(() => !gateway.functions.get('f').replicas.busy);
  });

  test('in the middle of the answer frees the replica', async () => {
    const leave = new AbortController();
    const { body } = await gateway.call('/held', { signal: leave.signal });
    leave.abort();
    await expect(body.text()).rejects.toThrow();
    await until(() => !gateway.functions.get('f').replicas.busy);
  });
});
