import { afterEach, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../test/double/endpoint.ts';
import { send } from './send.ts';

const photo = { name: 'one.jpg', bytes: Buffer.from('picture'), contentType: 'image/jpeg' };
let endpoint: Endpoint | undefined;
afterEach(() => endpoint?.close());

test('the times of a replica come from its headers', async () => {
  const headers = {
    'x-replica-id': 'r',
    'x-replica-started': '10',
    'x-replica-loading': '20',
    'x-replica-ready': '30',
  };
  endpoint = await startEndpoint((_, response) => response.writeHead(200, headers).end());
  const { measured } = await send(photo, { url: endpoint.url, timeoutMs: 1000 });
  expect(measured).toMatchObject({ status: 200, replica: 'r', started: 10, loading: 20, ready: 30 });
});

test('credentials of the URL are sent as basic auth', async () => {
  endpoint = await startEndpoint(({ headers }, response) => response.end(headers.authorization));
  const url = endpoint.url.replace('//', '//me:secret@');
  expect(String((await send(photo, { url, timeoutMs: 1000 })).body)).toBe(`Basic ${btoa('me:secret')}`);
});

test('a header that is not a time is left out', async () => {
  const headers = { 'x-replica-started': 'soon', 'x-replica-ready': '-5' };
  endpoint = await startEndpoint((_, response) => response.writeHead(200, headers).end());
  const { measured } = await send(photo, { url: endpoint.url, timeoutMs: 1000 });
  expect(measured).not.toHaveProperty('started');
  expect(measured).not.toHaveProperty('ready');
});

test('a body that stops halfway is a time-out', async () => {
  endpoint = await startEndpoint((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
  });
  const { measured } = await send(photo, { url: endpoint.url, timeoutMs: 200 });
  expect(measured.error).toBe('timeout');
});

test('an answer that is not HTTP is malformed, and says so', async () => {
  endpoint = await startEndpoint((request) => request.socket.end('garbage\r\n\r\n'));
  const { measured } = await send(photo, { url: endpoint.url, timeoutMs: 1000 });
  expect(measured.error).toBe('malformed');
  expect(measured.detail).toContain('does not match the HTTP/1.1 protocol');
});

test('a stop throws instead of making a sample', async () => {
  endpoint = await startEndpoint(() => undefined);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  await expect(send(photo, { url: endpoint.url, timeoutMs: 60_000, signal: stop.signal })).rejects.toThrow();
});
