import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { LocalOptions, LocalPlatform, LocalTarget } from './options.ts';
import { checkPort, runSource, usageKnown } from './process/index.ts';
import { ApiClient } from './serverless/index.ts';
import { startLocal } from './start-local.ts';
import { isAlive, testDouble, until } from './test-double/index.ts';

const platforms: LocalPlatform[] = [];
afterEach(() => Promise.all(platforms.splice(0).map((platform) => platform.stop())));

async function start(options: LocalOptions = {}): Promise<LocalPlatform> {
  const platform = await startLocal({ command: testDouble, ...options });
  platforms.push(platform);
  return platform;
}

function targetOf(platform: LocalPlatform, architecture: 'server' | 'serverless'): LocalTarget {
  const target = platform.targets.find((each) => each.architecture === architecture);
  if (target === undefined) throw new Error(`no ${architecture} target`);
  return target;
}

const portOf = (url: string) => Number(new URL(url).port);

async function occupyPort(): Promise<{ other: Server; port: number }> {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  return { other, port: (other.address() as AddressInfo).port };
}

/** A path of the app behind a target. */
const at = ({ url }: LocalTarget, path: string) => `${url.replace(/\/$/, '')}${path}`;

async function gatewayPid({ gateway }: LocalPlatform): Promise<number> {
  const { url = '', user = '', password = '' } = gateway ?? {};
  return (await new ApiClient(url, user, password).processes()).gateway.pid;
}

/** The id of the process that answers. */
const answering = async (url: string) => ((await (await fetch(url)).json()) as { pid: number }).pid;

describe('both architectures', () => {
  test('answer at their URLs', async () => {
    const { targets } = await start();
    expect(targets.map(({ name, architecture, platform }) => [name, architecture, platform])).toEqual([
      ['server', 'server', 'local'],
      ['serverless', 'serverless', 'local'],
    ]);
    for (const { url } of targets) expect((await fetch(url, { method: 'POST', body: 'picture' })).status).toBe(200);
  });

  test('take the ports that are asked for', async () => {
    const first = await start();
    const ports = { server: portOf(first.targets[0]?.url ?? ''), gateway: portOf(first.gateway?.url ?? '') };
    await first.stop();
    const second = await start({ ports });
    expect(second.targets.map(({ url }) => portOf(url))).toEqual([ports.server, ports.gateway]);
  });

  test('get the environment that is given', async () => {
    const { targets } = await start({ env: { MARK: 'given' } });
    for (const { url } of targets) expect(await (await fetch(url)).json()).toMatchObject({ mark: 'given' });
  });

  test('leave no process and no port after the stop, however often it is stopped', async () => {
    const platform = await start();
    const pids = await Promise.all(platform.targets.map(({ url }) => answering(url)));
    await Promise.all([platform.stop(), platform.stop()]);
    await platform.stop();
    expect(pids.filter(isAlive)).toEqual([]);
    for (const { url } of platform.targets) await checkPort(portOf(url));
  });

  test('can be started one without the other', async () => {
    const server = await start({ architectures: ['server'] });
    expect([server.targets.map(({ name }) => name), server.gateway]).toEqual([['server'], undefined]);
    const serverless = await start({ architectures: ['serverless'] });
    expect(serverless.targets.map(({ name }) => name)).toEqual(['serverless']);
  });

  test.skipIf(!usageKnown)('tell what all their processes use (needs /proc: Linux)', async () => {
    const platform = await start({ function: { min: 2 } });
    const [server, serverless] = await Promise.all(platform.targets.map((target) => target.resources?.()));
    expect(server).toMatchObject([{ name: 'classifier', kind: 'replica', processes: 1 }]);
    expect(serverless).toMatchObject([
      { name: 'gateway', kind: 'fixed', processes: 1 },
      { name: 'classifier', kind: 'replica', processes: 2 },
    ]);
    expect(serverless?.[1]?.memoryBytes).toBeGreaterThan(server?.[0]?.memoryBytes ?? Number.NaN);
  });
});

describe('the serverless target', () => {
  test('tells and changes its replicas', async () => {
    const target = targetOf(await start(), 'serverless');
    expect(await target.replicas()).toEqual({ ready: 1, desired: 1 });
    await target.scale?.(3);
    expect(await target.replicas()).toEqual({ ready: 3, desired: 3 });
  });

  test('has no process left at zero, and starts one for the next call', async () => {
    const target = targetOf(await start(), 'serverless');
    const pid = await answering(target.url);
    await target.scale?.(0);
    expect(isAlive(pid)).toBe(false);
    expect(await target.replicas()).toEqual({ ready: 0, desired: 0 });
    expect(await answering(target.url)).not.toBe(pid);
  });

  test.skipIf(!usageKnown)('keeps the CPU time of replicas that have ended (needs /proc: Linux)', async () => {
    const target = targetOf(await start({ function: { min: 3 } }), 'serverless');
    const replicas = async () => (await target.resources?.())?.find(({ kind }) => kind === 'replica');
    const before = await replicas();
    await target.scale?.(0);
    const after = await replicas();
    expect(after?.cpuSeconds).toBeGreaterThanOrEqual(before?.cpuSeconds ?? Number.NaN);
    expect(after?.processes).toBe(0);
  });

  test('goes to zero when it is idle', async () => {
    const target = targetOf(await start({ function: { idleSeconds: 2 } }), 'serverless');
    await until(async () => (await target.replicas()).desired === 0);
  });

  test('says why it does not scale', async () => {
    const target = targetOf(await start(), 'serverless');
    await expect(target.scale?.(1000)).rejects.toThrow(/400 validation failed: replicas/);
  });
});

describe('a gateway that is killed', () => {
  const kill = async (platform: LocalPlatform) => {
    const pid = await gatewayPid(platform);
    process.kill(pid, 'SIGKILL');
    return pid;
  };
  const answers = ({ url }: LocalTarget) =>
    fetch(url).then(
      ({ status }) => status,
      () => undefined,
    );

  test('comes back on its port with as many replicas as it had', async () => {
    const platform = await start({ architectures: ['serverless'] });
    const target = targetOf(platform, 'serverless');
    await target.scale?.(3);
    const before = await kill(platform);
    await until(async () => (await target.replicas()).ready === 3);
    expect(await gatewayPid(platform)).not.toBe(before);
    expect(await target.replicas()).toEqual({ ready: 3, desired: 3 });
  });

  test('has its function from the first call that it takes', async () => {
    const platform = await start({ architectures: ['serverless'], env: { START_MS: '500' } });
    const target = targetOf(platform, 'serverless');
    await kill(platform);
    let status = await answers(target);
    while (status === undefined) status = await answers(target);
    expect(status).toBe(200);
  });

  test('knows what was deployed and scaled since its start', async () => {
    const platform = await start({ architectures: ['serverless'] });
    const { url, user, password, image } = platform.gateway ?? {};
    const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
    const system = (method: string, path: string, body: object) =>
      fetch(`${url}/system/${path}`, { method, headers, body: JSON.stringify(body) });
    await system('POST', 'functions', { service: 'other', image, envVars: { MARK: 'mine' } });
    await system('POST', 'scale-function/other', { replicas: 2 });
    await system('DELETE', 'functions', { functionName: 'classifier' });
    await kill(platform);
    const called = () => fetch(`${url}/function/other`).catch(() => undefined);
    await until(async () => (await called())?.status === 200);
    expect(await (await called())?.json()).toMatchObject({ mark: 'mine' });
    const functions = await (await fetch(`${url}/system/functions`, { headers })).json();
    expect(functions).toMatchObject([{ name: 'other', replicas: 2 }]);
  });

  test('takes the same password, from the same file', async () => {
    const platform = await start({ architectures: ['serverless'] });
    const { passwordFile = '', password = '' } = platform.gateway ?? {};
    const before = await kill(platform);
    await until(async () => (await gatewayPid(platform).catch(() => before)) !== before);
    expect(readFileSync(passwordFile, 'utf8')).toBe(password);
  });

  test('tells no replica as ready while it is down', async () => {
    const platform = await start({ architectures: ['serverless'] });
    const target = targetOf(platform, 'serverless');
    await kill(platform);
    await until(async () => (await target.replicas()).ready === 0);
    expect((await target.replicas()).desired).toBe(1);
    await until(async () => (await target.replicas()).ready === 1);
  });

  test('ends its old replicas', async () => {
    const platform = await start({ architectures: ['serverless'] });
    const old = await answering(targetOf(platform, 'serverless').url);
    await kill(platform);
    await until(() => !isAlive(old));
  });

  test('can be scaled while it is down', async () => {
    const platform = await start({ architectures: ['serverless'] });
    const target = targetOf(platform, 'serverless');
    await kill(platform);
    await target.scale?.(2);
    expect(await target.replicas()).toEqual({ ready: 2, desired: 2 });
  });

  test('again and again leaves nothing after the stop', async () => {
    const log: string[] = [];
    const platform = await start({ architectures: ['serverless'], onLog: (line) => log.push(line) });
    const target = targetOf(platform, 'serverless');
    for (let count = 0; count < 3; count += 1) {
      const before = await kill(platform);
      await until(async () => (await gatewayPid(platform).catch(() => before)) !== before);
    }
    await until(async () => (await target.replicas()).ready === 1);
    await kill(platform);
    await platform.stop();
    const pids = log.flatMap((line) => [...line.matchAll(/process (\d+) listen/g)].map(([, pid]) => Number(pid)));
    expect(pids.length).toBeGreaterThanOrEqual(8);
    expect(pids.filter(isAlive)).toEqual([]);
  });
});

describe('the server target', () => {
  test('is one process, that comes back after a crash', async () => {
    const target = targetOf(await start(), 'server');
    const pid = await answering(target.url);
    expect(await target.replicas()).toEqual({ ready: 1, desired: 1 });
    process.kill(pid, 'SIGKILL');
    await until(async () => (await answering(target.url).catch(() => pid)) !== pid);
    await until(async () => (await target.replicas()).ready === 1);
  });
});

describe('a start', () => {
  test.each(['server', 'gateway'] as const)('names the port of the %s when it is in use', async (which) => {
    const { other, port } = await occupyPort();
    await expect(start({ ports: { [which]: port } })).rejects.toThrow(`port ${port} on 127.0.0.1 is in use`);
    other.close();
  });

  test('of one that fails gives up the other one', async () => {
    const { other, port } = await occupyPort();
    const pids: number[] = [];
    const onLog = (line: string) => {
      for (const [, pid] of line.matchAll(/process (\d+) listen/g)) pids.push(Number(pid));
    };
    await expect(start({ ports: { server: port }, env: { START_MS: '600000' }, onLog })).rejects.toThrow('is in use');
    expect(pids.filter(isAlive)).toEqual([]);
    other.close();
  });

  test.each(['server', 'serverless'] as const)('shows the last log lines of a %s that ends', async (architecture) => {
    const failing = start({ architectures: [architecture], env: { START_FAILS: 'no model in /models' } });
    await expect(failing).rejects.toThrow(/ended with exit code 3 before it was ready.*no model in \/models/s);
  });

  test('says that a program is not there', async () => {
    await expect(start({ command: ['/nowhere/program'] })).rejects.toThrow(/could not be started.*nowhere/);
  });

  test('that is given up at any moment leaves nothing', async () => {
    for (let lines = 1; lines <= 4; lines += 1) {
      const giveUp = new AbortController();
      const log: string[] = [];
      const pids = new Set<number>();
      const starting = start({
        env: { START_MS: '60000' },
        signal: giveUp.signal,
        onLog: (line) => {
          log.push(line);
          for (const [, pid] of line.matchAll(/process (\d+) listen/g)) pids.add(Number(pid));
          if (log.length === lines) giveUp.abort(new Error('changed my mind'));
        },
      });
      const late = setTimeout(() => giveUp.abort(new Error('changed my mind')), 3_000);
      await expect(starting).rejects.toThrow('changed my mind');
      clearTimeout(late);
      expect([...pids].filter(isAlive)).toEqual([]);
    }
  });

  test('with a signal that was aborted before starts nothing', async () => {
    await expect(start({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
  });
});

describe('a stop', () => {
  test('during a cold start answers the caller, or ends the wait, and leaves nothing', async () => {
    const platform = await start({ env: { START_MS: '500' }, architectures: ['serverless'] });
    const target = targetOf(platform, 'serverless');
    await target.scale?.(0);
    const call = fetch(target.url).then(
      ({ status }) => status,
      () => undefined,
    );
    await until(async () => (await target.replicas()).desired === 1);
    await platform.stop();
    expect(await call).toBeOneOf([200, 503, undefined]);
    await checkPort(portOf(target.url));
  });

  test('finishes the calls that were accepted', async () => {
    const platform = await start();
    const slow = platform.targets.map((target) => fetch(at(target, '/sleep?ms=1000&tag=slow')));
    for (const target of platform.targets) {
      await until(async () => (await (await fetch(at(target, '/calls'))).text()).includes('slow'));
    }
    await platform.stop();
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200]);
  });

  test('after the gateway was killed leaves no replica', async () => {
    const platform = await start({ architectures: ['serverless'], function: { min: 2 } });
    const target = targetOf(platform, 'serverless');
    const replicas = [await answering(target.url), await answering(target.url)];
    process.kill(await gatewayPid(platform), 'SIGKILL');
    await platform.stop();
    expect(replicas.filter(isAlive)).toEqual([]);
  });

  test('leaves no temporary file, but for the cache of the TypeScript loader', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'faceoff-test-'));
    await (await start({ env: { TMPDIR: folder } })).stop();
    expect(readdirSync(folder).filter((name) => !name.startsWith('tsx-'))).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describe('the parent', () => {
  const path = fileURLToPath(new URL('./test-double/parent.ts', import.meta.url));

  async function startParent() {
    const [node = '', ...args] = runSource(path);
    const parent = spawn(node, args, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: string[] = [];
    createInterface({ input: parent.stdout }).on('line', (line) => lines.push(line));
    await until(() => lines.length > 0);
    const pids = JSON.parse(lines[0] ?? '') as number[];
    return { parent, lines, pids };
  }

  test('that is killed leaves no orphans', async () => {
    const { parent, pids } = await startParent();
    expect(pids.filter(isAlive)).toHaveLength(4);
    parent.kill('SIGKILL');
    await until(() => !pids.some(isAlive));
  });

  test('alone gets Ctrl-C, and ends its processes in order', async () => {
    const { parent, lines, pids } = await startParent();
    // A terminal sends the signal to the whole group of the parent.
    process.kill(-(parent.pid ?? 0), 'SIGINT');
    const [code] = await once(parent, 'exit');
    await until(() => lines.length === 3);
    expect([code, ...lines.slice(1)]).toEqual([0, 'alive: 4', 'alive: 0']);
    expect(pids.filter(isAlive)).toEqual([]);
  });
});
