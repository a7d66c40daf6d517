import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { isAlive, testDouble, until } from '../test-double/index.ts';
import { SupervisedService } from './supervised-service.ts';

const services: SupervisedService[] = [];
afterEach(() => Promise.all(services.splice(0).map((service) => service.stop())));

async function start(env: Record<string, string> = {}, log: string[] = []): Promise<SupervisedService> {
  const service = await SupervisedService.start({
    name: 'service',
    command: testDouble,
    env: { ...process.env, ...env },
    port: 0,
    startTimeoutMs: 20_000,
    stopGraceMs: 3_000,
    signal: new AbortController().signal,
    onLog: (line) => log.push(line),
  });
  services.push(service);
  return service;
}

test('serves from one process', async () => {
  const service = await start();
  expect((await fetch(service.url)).status).toBe(200);
  expect(service.pids).toHaveLength(1);
});

test('starts a crashed one again on the same port', async () => {
  const log: string[] = [];
  const service = await start({}, log);
  const { url, pids } = service;
  await fetch(`${url}/exit`).catch(() => undefined);
  await until(() => service.ready && service.pids[0] !== pids[0]);
  expect(service.url).toBe(url);
  expect((await fetch(url)).status).toBe(200);
  expect(log).toContainEqual('service: its process ended with exit code 1; it is started again');
});

test('is not ready while a crashed one is down', async () => {
  const service = await start();
  process.kill(service.pids[0] ?? 0, 'SIGKILL');
  await until(() => !service.ready);
  await until(() => service.ready);
});

test('leaves no process when it is stopped while it starts again', async () => {
  const service = await start({ START_MS: '400' });
  const first = service.pids[0] ?? 0;
  process.kill(first, 'SIGKILL');
  await until(() => service.pids.length === 1 && service.pids[0] !== first);
  const [second = 0] = service.pids;
  await service.stop();
  expect(isAlive(second)).toBe(false);
  expect(service.pids).toEqual([]);
});

test('leaves no process when it is stopped as a new start ends', async () => {
  const rounds = Array.from({ length: 8 }, async () => {
    const log: string[] = [];
    const service = await start({ START_MS: '300' }, log);
    process.kill(service.pids[0] ?? 0, 'SIGKILL');
    await until(() => log.filter((line) => line.includes('listens on')).length === 2);
    const [second = 0] = service.pids;
    await until(() =>
      fetch(service.url).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    // Held until it would be ready, so that it answers the probe for its readiness and this request at once.
    process.kill(second, 'SIGSTOP');
    await sleep(350);
    const answer = fetch(service.url);
    await sleep(20);
    process.kill(second, 'SIGCONT');
    await answer;
    await service.stop();
    expect(isAlive(second)).toBe(false);
  });
  await Promise.all(rounds);
});
