import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isAlive, testDouble } from '../test-double/index.ts';
import type { Child } from './child.ts';
import { type Service, type ServiceOptions, StartError, startService } from './service.ts';

const children: Child[] = [];
afterEach(() => Promise.all(children.splice(0).map((child) => child.stop(3_000))));

function start(options: Partial<ServiceOptions> = {}): Promise<Service> {
  return startService({
    name: 'service',
    command: testDouble,
    env: process.env,
    startTimeoutMs: 20_000,
    stopGraceMs: 3_000,
    onChild: (child) => children.push(child),
    ...options,
  });
}

test('resolves when the service answers', async () => {
  const { url } = await start({ env: { ...process.env, START_MS: '300' } });
  expect((await fetch(`${url}/_/health`)).status).toBe(200);
});

test('takes the port that is asked for', async () => {
  const { port } = await start();
  await Promise.all(children.map((child) => child.stop(3_000)));
  expect((await start({ port })).url).toBe(`http://127.0.0.1:${port}`);
});

test('says what the service wrote before it ended', async () => {
  const failing = start({ env: { ...process.env, START_FAILS: 'no model in /models' } });
  await expect(failing).rejects.toThrow(StartError);
  await expect(failing).rejects.toThrow(/ended with exit code 3 before it was ready.*no model in \/models/s);
});

test('gives up a service that does not become ready in time, and ends it', async () => {
  const slow = start({ env: { ...process.env, START_MS: '60000' }, startTimeoutMs: 500 });
  await expect(slow).rejects.toThrow(/was not ready within 0.5 s/);
  expect(children.map(({ ended }) => ended)).toEqual([true]);
});

test('ends the process when a start is given up', async () => {
  const giveUp = new AbortController();
  const slow = start({
    env: { ...process.env, START_MS: '60000' },
    signal: giveUp.signal,
    onLine: () => giveUp.abort(new Error('changed my mind')),
    onChild: (child) => children.push(child),
  });
  await expect(slow).rejects.toThrow('changed my mind');
  expect(isAlive(children[0]?.pid ?? 0)).toBe(false);
});

test.each(['listen EADDRINUSE', 'cannot bind socket (Address already in use)'])(
  'tries another port when another program has taken it meanwhile: %s',
  async (words) => {
    const folder = mkdtempSync(join(tmpdir(), 'faceoff-test-'));
    const marker = join(folder, 'tried');
    // Fails at its first start as a service does whose port is taken.
    const script = `
    import { existsSync, writeFileSync } from 'node:fs';
    if (!existsSync('${marker}')) { writeFileSync('${marker}', ''); throw new Error('${words}') }
    await import('${testDouble[1]}')`;
    const { url } = await start({ command: [process.execPath, '--input-type=module', '-e', script] });
    expect(existsSync(marker)).toBe(true);
    expect((await fetch(url)).status).toBe(200);
    rmSync(folder, { recursive: true });
  },
);

test('does not take another program on the same port for the service', async () => {
  const other = createServer((_, response) => response.setHeader('x-replica-id', 'other').end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(start({ port })).rejects.toThrow(/EADDRINUSE/);
  other.close();
});
