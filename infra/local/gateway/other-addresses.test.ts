import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listenAt } from './other-addresses.ts';

async function start(): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => request.pipe(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** What is answered to a word at an address. */
async function echo(host: string, port: number): Promise<string> {
  const headers = { connection: 'close' };
  return (await fetch(`http://${host}:${port}`, { method: 'POST', body: 'word', headers })).text();
}

// Linux alone has all of 127.0.0.0/8.
test.skipIf(process.platform !== 'linux')('a server answers at further addresses until they are closed', async () => {
  const { server, port } = await start();
  const listeners = await listenAt(['127.0.0.1', '127.0.0.2'], server);
  expect([await echo('127.0.0.1', port), await echo('127.0.0.2', port)]).toEqual(['word', 'word']);
  for (const listener of listeners) await new Promise((closed) => listener.close(closed));
  await expect(echo('127.0.0.2', port)).rejects.toThrow();
  expect(await echo('127.0.0.1', port)).toBe('word');
});

test('an address that this machine does not have is left out', async () => {
  const { server, port } = await start();
  expect(await listenAt(['192.0.2.1'], server)).toEqual([]);
  expect(await echo('127.0.0.1', port)).toBe('word');
});
