import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Child, runSource } from '../process/index.ts';
import { isAlive, testDouble, until } from '../test-double/index.ts';
import { gatewayMain, gatewayMessage } from './index.ts';

const children: Child[] = [];
afterEach(() => Promise.all(children.splice(0).map((child) => child.stop(5_000))));

const images = JSON.stringify({ double: { command: testDouble } });

/** The gateway's executable with one function `f`, deployed as its users do. */
async function start(env: NodeJS.ProcessEnv = {}) {
  const log: string[] = [];
  const told: { url?: string; pids: number[] } = { pids: [] };
  const child = new Child({
    command: runSource(gatewayMain),
    env: { ...process.env, PORT: '0', GATEWAY_IMAGES: images, GATEWAY_PASSWORD: 'secret', ...env },
    onLine: (line) => log.push(line),
    onMessage: (message) => Object.assign(told, gatewayMessage.parse(message)),
  });
  children.push(child);
  await until(() => child.ended || told.url !== undefined);
  const url = told.url ?? '';
  const authorization = `Basic ${Buffer.from('admin:secret').toString('base64')}`;
  const body = JSON.stringify({ service: 'f', image: 'double' });
  if (!child.ended) await fetch(`${url}/system/functions`, { method: 'POST', headers: { authorization }, body });
  return { child, log, told, url };
}

describe('on SIGTERM the gateway', () => {
  test('finishes the calls that it has accepted, closes their connections, and ends with exit code 0', async () => {
    // With this limit a connection that stays open would hold the gateway up for longer than the test may take.
    const { child, told, url } = await start({ GATEWAY_LIMITS: '{"drainTimeoutMs": 600000}' });
    const slow = fetch(`${url}/function/f/sleep?ms=1500&tag=slow`);
    await until(async () => (await (await fetch(`${url}/function/f/calls`)).text()).includes('slow'));
    const stopped = child.stop(60_000);
    expect((await slow).status).toBe(200);
    await stopped;
    expect(await child.exited).toEqual({ code: 0, signal: null });
    expect(told.pids).toEqual([]);
  });

  test('closes the connection of an answer that had begun before', async () => {
    const { child, url } = await start({ GATEWAY_LIMITS: '{"drainTimeoutMs": 600000}' });
    const { port } = (await (await fetch(`${url}/function/f`)).json()) as { port: number };
    const begun = await fetch(`${url}/function/f/held`);
    const stopped = child.stop(60_000);
    await until(async () => !(await fetch(`${url}/healthz`).catch(() => undefined)));
    await fetch(`http://127.0.0.1:${port}/release`);
    expect(await begun.text()).toBe('released');
    await stopped;
    expect(await child.exited).toEqual({ code: 0, signal: null });
  });

  test('cuts off a call that takes longer than the limit', async () => {
    const { child, url } = await start({ GATEWAY_LIMITS: '{"drainTimeoutMs": 300}' });
    const slow = fetch(`${url}/function/f/sleep?ms=600000&tag=slow`).then(
      ({ status }) => status,
      () => undefined,
    );
    await until(async () => (await (await fetch(`${url}/function/f/calls`)).text()).includes('slow'));
    await child.stop(30_000);
    expect(await slow).toBeOneOf([502, undefined]);
    expect(await child.exited).toEqual({ code: 0, signal: null });
  });
});

test('replicas end with a gateway that is killed', async () => {
  const { child, told } = await start();
  await until(() => told.pids.length === 1);
  const [replica = 0] = told.pids;
  process.kill(child.pid ?? 0, 'SIGKILL');
  await until(() => !isAlive(replica));
});

test('functions that its parent is to tell need a parent that can', async () => {
  const env = { ...process.env, PORT: '0', GATEWAY_IMAGES: images, GATEWAY_FUNCTIONS: 'ipc' };
  const [node = '', ...args] = runSource(gatewayMain);
  const { status, stderr } = spawnSync(node, args, { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringContaining('needs a parent with an IPC channel: leave it unset')]);
});

test('replicas do not get the password', async () => {
  const { url } = await start({
    GATEWAY_IMAGES: JSON.stringify({
      double: { command: ['sh', '-c', 'env | grep -E "^PORT|GATEWAY|secret"; exit 1'] },
    }),
  });
  const text = await (await fetch(`${url}/function/f`)).text();
  expect(text).toMatch(/PORT=\d+/);
  expect(text).not.toMatch(/^GATEWAY|=secret$/m);
});

test('a password that nobody gave is in a file until the gateway ends, and not in the log', async () => {
  const { child, log, url } = await start({ GATEWAY_PASSWORD: undefined });
  const [, path = ''] = /^gateway: the password of admin is in (\S+)$/m.exec(log.join('\n')) ?? [];
  const password = await readFile(path, 'utf8');
  const headers = { authorization: `Basic ${btoa(`admin:${password}`)}` };
  expect((await fetch(`${url}/system/info`, { headers })).status).toBe(200);
  await child.stop(20_000);
  expect(existsSync(path)).toBe(false);
  expect(log.join('\n')).not.toContain(password);
});

test('a wrong environment ends it with the name of what is wrong', async () => {
  const { child, log } = await start({ GATEWAY_IMAGES: 'double' });
  expect(await child.exited).toEqual({ code: 1, signal: null });
  expect(log.join()).toMatch(/GATEWAY_IMAGES: must be JSON/);
});

test('a port in use ends it with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = address === null || typeof address === 'string' ? '' : String(address.port);
  const { child, log } = await start({ PORT: port });
  expect(await child.exited).toEqual({ code: 1, signal: null });
  expect(log.join()).toMatch(new RegExp(`EADDRINUSE.*:${port}: set PORT to another one`));
  other.close();
});
