import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'undici';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { defaultLimits, quickTiming } from '../gateway/index.ts';
import { isAlive, testDouble, until } from '../test-double/index.ts';
import { findRouter } from './find-router.ts';
import { Hybrid, type HybridOptions } from './hybrid.ts';

const missing = await findRouter();
const inFlight = 2;

let hybrid: Hybrid;
const log: string[] = [];
const options: HybridOptions = {
  command: testDouble,
  env: process.env,
  port: 0,
  timing: quickTiming,
  limits: { ...defaultLimits, startTimeoutMs: 20_000, drainTimeoutMs: 5_000, stopGraceMs: 3_000 },
  startTimeoutMs: 20_000,
  signal: new AbortController().signal,
  onLog: (line) => log.push(line),
  function: { min: 1, max: 5, factor: 20, idleSeconds: 60 },
  base: 1,
  inFlight,
};

/** Who answered: `base-1` or `overflow`; the status where it failed. */
async function ask(path = ''): Promise<string> {
  const answer = await fetch(`${hybrid.url}${path}`, { method: 'POST', body: 'picture' });
  await answer.arrayBuffer();
  return answer.ok ? (answer.headers.get('x-routed-to') ?? 'nobody') : String(answer.status);
}

/** The same over one connection of the caller's. */
async function askOn(client: Client): Promise<string> {
  const { body, headers, statusCode } = await client.request({ method: 'POST', path: '/', body: 'picture' });
  await body.dump();
  return statusCode === 200 ? String(headers['x-routed-to']) : String(statusCode);
}

/** Resolves when the process is gone: what a dying one has taken is lost with it. */
async function killBase(): Promise<void> {
  const [pid = 0] = hybrid.base[0]?.pids ?? [];
  process.kill(pid, 'SIGKILL');
  await until(() => !isAlive(pid));
}

/** Whether a signal to stop has reached each process of a group: on a busy machine they go on for a moment. */
async function isHalted(group: number): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ps', ['-ax', '-o', 'pgid=,stat=']);
  const processes = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return processes.every(([pgid, state]) => Number(pgid) !== group || state?.startsWith('T'));
}

/** Takes the port of a process that was killed, so that it does not come back. */
async function takePort(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  await until(
    () =>
      new Promise<boolean>((resolve) => {
        server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
      }),
  );
  return server;
}

/** As many requests as the base may have, sent at once. */
function fillBase(ms: number): Promise<string>[] {
  return Array.from({ length: inFlight }, () => ask(`sleep?ms=${ms}`));
}

/** A number that the router counts of one of those that it sends to. */
async function counted(metric: string, server: string): Promise<number> {
  const metrics = await (await fetch(hybrid.router.metricsUrl)).text();
  const [, number] = new RegExp(`${metric}\\{proxy="targets",server="${server}"\\} (\\d+)`).exec(metrics) ?? [];
  return Number(number);
}

/** How many requests the router has given to the base, and waits for. */
const underWay = () => counted('haproxy_server_current_sessions', 'base-1');

/** How many times the overflow was closed. */
const timesClosed = () => counted('haproxy_server_check_up_down_total', 'overflow');

/** Fills the base, and asks until a request has found it full. @returns the answers of the base that are under way. */
async function untilOverflow(): Promise<Promise<string>[]> {
  const full: Promise<string>[] = [];
  do {
    await Promise.all(full.splice(0));
    while (full.length < inFlight) {
      full.push(ask('sleep?ms=3000'));
      await until(async () => (await underWay()) === full.length);
    }
  } while ((await ask()) !== 'overflow');
  return full;
}

/** The same with a function that has a replica by then: the base stays full for a while. */
async function withFunctionAwake(): Promise<Promise<string>[]> {
  await Promise.all(await untilOverflow());
  return untilOverflow();
}

const parts = async () => new Map((await hybrid.usage()).map(({ name, processes }) => [name, processes]));

describe.skipIf(missing !== undefined)(`a hybrid${missing === undefined ? '' : ` (${missing})`}`, () => {
  beforeEach(async () => {
    hybrid = await Hybrid.start(options);
  }, 30_000);
  afterEach(() => hybrid.stop());

  test('answers from its base, with the function at zero', async () => {
    expect(await ask()).toBe('base-1');
    expect(await hybrid.replicas()).toEqual({ ready: 1, desired: 1 });
  });

  test('wakes the function for what finds the base full, and for that alone', async () => {
    const full = await untilOverflow();
    expect(await hybrid.replicas()).toEqual({ ready: 2, desired: 2 });
    expect(await Promise.all(full)).toEqual(['base-1', 'base-1']);
    expect(await ask()).toBe('base-1');
  });

  test('passes what overflows on as it came', async () => {
    const full = await withFunctionAwake();
    const answer = await fetch(`${hybrid.url}some/path?a=1`, {
      method: 'POST',
      body: 'picture',
      headers: { mark: 'x' },
    });
    expect(answer.headers.get('x-routed-to')).toBe('overflow');
    expect(await answer.json()).toMatchObject({ method: 'POST', url: '/some/path?a=1', headers: { mark: 'x' } });
    await Promise.all(full);
  });

  test('without overflow lets requests wait for the base', async () => {
    await hybrid.autoscale(false);
    const answers = [...fillBase(300), ...fillBase(300)];
    expect(await Promise.all(answers)).toEqual(['base-1', 'base-1', 'base-1', 'base-1']);
    expect(await hybrid.replicas()).toEqual({ ready: 1, desired: 1 });
    await hybrid.autoscale(true);
    const full = await untilOverflow();
    await Promise.all(full);
  });

  test('sends what a dead base refuses to the function, and comes back to the base', async () => {
    await killBase();
    for (let request = 0; request < 5; request += 1) expect(['base-1', 'overflow']).toContain(await ask());
    await until(async () => (await ask()) === 'base-1');
  });

  test('loses no request on a kept connection when the base has died unnoticed', async () => {
    const clients = Array.from({ length: 6 }, () => new Client(hybrid.url));
    const askEach = () => Promise.all(clients.map(askOn));
    // A client's second request may go on over the connection to the base that its first one has left open.
    for (let time = 0; time < 2; time += 1) for (const client of clients) await askOn(client);
    const [router = 0] = hybrid.router.pids;
    process.kill(-router, 'SIGSTOP');
    await until(() => isHalted(router));
    const answers = askEach();
    await killBase();
    process.kill(-router, 'SIGCONT');
    for (const answer of await answers) expect(['base-1', 'overflow']).toContain(answer);
    await Promise.all(clients.map((client) => client.destroy()));
  });

  test('lets requests wait for the base once the function was found out of reach', async () => {
    const { gateway } = await hybrid.serverless.gateway.api.processes();
    process.kill(gateway.pid, 'SIGKILL');
    const port = await takePort(Number(new URL(hybrid.serverless.url).port));
    onTestFinished(() => void port.close());
    const many = () => Promise.all([...fillBase(200), ...fillBase(200), ...fillBase(200)]);
    const meanwhile = many();
    await until(async () => (await timesClosed()) > 0);
    expect(new Set(await many())).toEqual(new Set(['base-1']));
    // Those that are on their way to it at that moment are lost.
    expect(['502', '503', 'base-1']).toEqual(expect.arrayContaining(await meanwhile));
  });

  test('goes on giving the function what overflows when that has answered 503 once', async () => {
    const full = await withFunctionAwake();
    expect(await ask('status?code=503')).toBe('503');
    expect(await ask()).toBe('overflow');
    expect(await timesClosed()).toBe(0);
    await Promise.all(full);
  });

  test('closes the overflow once the function has answered nothing but 5xx', async () => {
    const full = await withFunctionAwake();
    // More than the three that close it, should the base have taken some.
    await Promise.all(Array.from({ length: 10 }, () => ask('status?code=502')));
    await until(async () => (await timesClosed()) > 0);
    await Promise.all(full);
  });

  test('has its router started again on the same port', async () => {
    const { url } = hybrid;
    const [router = 0] = hybrid.router.pids;
    process.kill(-router, 'SIGKILL');
    await until(async () => (await ask().catch(() => '')) === 'base-1');
    expect(hybrid.url).toBe(url);
  });

  test('tells what each part uses, and what the router counts', async () => {
    await ask();
    expect(await parts()).toEqual(
      new Map([
        ['base', 1],
        ['router', expect.any(Number)],
        ['gateway', 1],
        ['classifier', 0],
      ]),
    );
    const metrics = await (await fetch(hybrid.router.metricsUrl)).text();
    expect(metrics).toMatch(/haproxy_server_http_responses_total\{proxy="targets",server="base-1",code="2xx"\} [1-9]/);
  });

  test('leaves no process', async () => {
    const { gateway } = await hybrid.serverless.gateway.api.processes();
    const pids = [gateway.pid, ...hybrid.router.pids, ...hybrid.base.flatMap((server) => server.pids)];
    await hybrid.stop();
    expect(pids.filter(isAlive)).toEqual([]);
  });
});

test.each([0, 100, 300, 600, 900, 1200])(
  'a start that is given up after %i ms is told to who asked for it, and to nobody else',
  async (ms) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(new Error('given up')), ms);
    const env = { ...process.env, START_MS: '1500' };
    await expect(Hybrid.start({ ...options, env, signal: stop.signal })).rejects.toThrow('given up');
    clearTimeout(timer);
  },
);

test('an HAProxy that is too old is told, with what to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-haproxy-'));
  const program = join(folder, 'haproxy');
  await writeFile(program, '#!/bin/sh\necho "HAProxy version 2.4.22 2023/02/14"\n', { mode: 0o755 });
  expect(await findRouter(`${folder}:/bin`)).toMatch(
    /^HAProxy is older than 2.6: install it .*apt-get install haproxy/,
  );
  await rm(folder, { recursive: true });
});
