import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { isAlive, testDouble, until } from '../test-double/index.ts';
import { AppServer } from './app-server.ts';

const servers: AppServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

async function start(env: Record<string, string> = {}, log: string[] = []): Promise<AppServer> {
  const server = await AppServer.start({
    name: 'server',
    command: testDouble,
    env: { ...process.env, ...env },
    port: 0,
    startTimeoutMs: 20_000,
    stopGraceMs: 3_000,
    signal: new AbortController().signal,
    onLog: (line) => log.push(line),
  });
  servers.push(server);
  return server;
}

test('serves from one process', async () => {
  const server = await start();
  expect((await fetch(server.url)).status).toBe(200);
  expect(server.pids).toHaveLength(1);
});

test('starts a crashed app again on the same port', async () => {
  const log: string[] = [];
  const server = await start({}, log);
  const { url, pids } = server;
  await fetch(`${url}/exit`).catch(() => undefined);
  await until(() => server.ready && server.pids[0] !== pids[0]);
  expect(server.url).toBe(url);
  expect((await fetch(url)).status).toBe(200);
  expect(log).toContainEqual('server: its process ended with exit code 1; it is started again');
});

test('is not ready while a crashed app is down', async () => {
  const server = await start();
  process.kill(server.pids[0] ?? 0, 'SIGKILL');
  await until(() => !server.ready);
  await until(() => server.ready);
});

test('leaves no process when it is stopped while the app starts again', async () => {
  const server = await start({ START_MS: '400' });
  const first = server.pids[0] ?? 0;
  process.kill(first, 'SIGKILL');
  await until(() => server.pids.length === 1 && server.pids[0] !== first);
  const [second = 0] = server.pids;
  await server.stop();
  expect(isAlive(second)).toBe(false);
  expect(server.pids).toEqual([]);
});

test('leaves no process when it is stopped as a new start ends', async () => {
  const rounds = Array.from({ length: 8 }, async () => {
    const log: string[] = [];
    const server = await start({ START_MS: '300' }, log);
    process.kill(server.pids[0] ?? 0, 'SIGKILL');
    await until(() => log.filter((line) => line.includes('listens on')).length === 2);
    const [second = 0] = server.pids;
    await until(() =>
      fetch(server.url).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    // Held until it would be ready, so that it answers the probe for its readiness and this request at once.
    process.kill(second, 'SIGSTOP');
    await sleep(350);
    const answer = fetch(server.url);
    await sleep(20);
    process.kill(second, 'SIGCONT');
    await answer;
    await server.stop();
    expect(isAlive(second)).toBe(false);
  });
  await Promise.all(rounds);
});
