import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRouter } from '../infra/local/index.ts';
import { interrupt, processesWith, startFaceoff } from './process.ts';

interface Measured {
  name: string;
  latency: { succeeded: number };
}

/** Marks every process of a test through its environment. */
let mark: string;
let results: string;
beforeEach(async () => {
  results = await mkdtemp(join(tmpdir(), 'faceoff-local-'));
  mark = `FACEOFF_TEST=${results}`;
});
afterEach(() => rm(results, { recursive: true }));

const start = (...args: string[]) => startFaceoff(args, { FACEOFF_TEST: results, OFFLINE: '1' });

test('one command serves both ways, measures, reports, and leaves no process', { timeout: 300_000 }, async () => {
  const scenarios = ['--scenario', 'latency', 'cold-start'];
  const { code, stdout, stderr } = await start('run', '--results', results, ...scenarios).finished;
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('Report: ');
  const { targets } = JSON.parse(await readFile(join(results, 'latest', 'summary.json'), 'utf8'));
  const names = ['server', 'serverless', ...((await findRouter()) === undefined ? ['hybrid'] : [])];
  expect(targets.map(({ name, latency }: Measured) => [name, latency.succeeded])).toEqual(
    names.map((name) => [name, 150]),
  );
  expect(targets[1].coldStart.trials).toHaveLength(6);
  expect(await processesWith(mark)).toEqual([]);
});

test('Ctrl-C during a run leaves no process', { timeout: 300_000 }, async () => {
  const { child, output, finished } = start('run', '--results', results);
  await expect.poll(output, { timeout: 120_000 }).toContain('Latency');
  interrupt(child);
  expect((await finished).code).toBe(130);
  expect(await processesWith(mark)).toEqual([]);
});

test('faceoff serve answers both ways until Ctrl-C, and leaves no process', { timeout: 300_000 }, async () => {
  const { child, finished, output } = start('serve', '--json', '--server-port', '0', '--gateway-port', '0');
  await expect.poll(output, { timeout: 120_000 }).toContain('"targets"');
  const line =
    output()
      .split('\n')
      .find((text) => text.startsWith('{"targets"')) ?? '';
  const { targets, gateway } = JSON.parse(line) as {
    targets: { url: string }[];
    gateway: { url: string; passwordFile: string };
  };
  const photo = await readFile(new URL('../bench/photos/cat.jpg', import.meta.url));
  for (const { url } of targets) {
    const answer = await fetch(url, { method: 'POST', body: photo });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toHaveProperty('top');
  }
  expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
  expect(line).not.toContain(await readFile(gateway.passwordFile, 'utf8'));
  interrupt(child);
  expect((await finished).code).toBe(0);
  expect(await processesWith(mark)).toEqual([]);
});

test('faceoff serve tells where the password is, and not what it is', { timeout: 300_000 }, async () => {
  const { child, finished, output } = start('serve', '--server-port', '0', '--gateway-port', '0');
  await expect.poll(output, { timeout: 120_000 }).toContain('Ctrl-C stops both');
  const [, url = '', path = ''] = /^ +gateway +(\S+) \(user admin, password in (.+)\)$/m.exec(output()) ?? [];
  const password = await readFile(path, 'utf8');
  const headers = { authorization: `Basic ${btoa(`admin:${password}`)}` };
  expect((await fetch(`${url}/system/functions`, { headers })).status).toBe(200);
  interrupt(child);
  const { stdout, stderr } = await finished;
  expect(stdout + stderr).not.toContain(password);
});

test('Ctrl-C before faceoff serve is ready ends it like any other', { timeout: 300_000 }, async () => {
  const { child, finished, output } = start('serve', '--json', '--server-port', '0', '--gateway-port', '0');
  await expect.poll(output, { timeout: 120_000 }).toContain('gateway: process');
  interrupt(child);
  const { code, stderr } = await finished;
  expect(stderr).not.toContain('abort');
  expect(code).toBe(0);
  expect(await processesWith(mark)).toEqual([]);
});
