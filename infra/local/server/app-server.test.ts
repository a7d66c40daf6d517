import { afterEach, beforeEach, expect, test } from 'vitest';
import { usageKnown } from '../process/index.ts';
import { testDouble, until } from '../test-double/index.ts';
import { AppServer } from './app-server.ts';

let server: AppServer;

beforeEach(async () => {
  server = await AppServer.start({
    name: 'server',
    command: testDouble,
    env: process.env,
    port: 0,
    startTimeoutMs: 20_000,
    stopGraceMs: 3_000,
    signal: new AbortController().signal,
    onLog: () => undefined,
  });
});
afterEach(() => server.stop());

test('is one replica, which is not ready while its crashed app is down', async () => {
  expect(server.replicas()).toEqual({ ready: 1, desired: 1 });
  process.kill(server.pids[0] ?? 0, 'SIGKILL');
  await until(() => server.replicas().ready === 0);
  await until(() => server.replicas().ready === 1);
  expect((await fetch(server.url)).status).toBe(200);
});

test.skipIf(!usageKnown)('tells what its process uses', () => {
  expect(server.usage()).toEqual([expect.objectContaining({ name: 'classifier', kind: 'replica', processes: 1 })]);
});
