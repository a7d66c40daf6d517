import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { isAlive, until } from '../test-double/index.ts';
import { TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
let loads: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  // A test that failed has not ended its load.
  await Promise.all(loads.map((stop) => stop()));
  loads = [];
  await gateway.close();
});

const replicas = () => gateway.functions.get('f').replicas;
const pids = () => replicas().processes.map(({ pid }) => pid);
const scale = async (count: number) => {
  await (await gateway.system('POST', 'scale-function/f', { replicas: count })).body.dump();
};
const call = async (path = '') => {
  const { statusCode, body } = await gateway.call(path);
  return { status: statusCode, text: await body.text() };
};

async function start(count = 1): Promise<void> {
  gateway = await TestGateway.start();
  await gateway.deploy();
  await scale(count);
  await gateway.available(count);
}

/** Calls without pause from several callers until told to stop; the statuses of all answers. */
function load(callers: number): { stop: () => Promise<number[]> } {
  let over = false;
  const statuses: number[] = [];
  const caller = async () => {
    while (!over) statuses.push((await call('/sleep?ms=5')).status);
  };
  const running = Array.from({ length: callers }, caller);
  const stop = async () => {
    over = true;
    await Promise.all(running);
    return statuses;
  };
  loads.push(stop);
  return { stop };
}

describe('several replicas', () => {
  test('take calls in turn while they are idle', async () => {
    await start(3);
    const names = new Set<string>();
    for (let count = 0; count < 3; count += 1) names.add((await call('/sleep?ms=0')).text);
    expect(names.size).toBe(3);
  });

  test('a busy one is passed by', async () => {
    await start(2);
    const slow = call('/sleep?ms=1500');
    await until(() => replicas().busy);
    const others = new Set<string>();
    for (let count = 0; count < 6; count += 1) others.add((await call('/sleep?ms=0')).text);
    expect(others.size).toBe(1);
    expect(others).not.toContain((await slow).text);
  });

  test('share calls that come together evenly', async () => {
    await start(2);
    const answers = await Promise.all(Array.from({ length: 20 }, () => call('/sleep?ms=300')));
    const first = answers.filter(({ text }) => text === answers[0]?.text);
    expect(first).toHaveLength(10);
  });
});

describe('a replica that is no longer wanted', () => {
  test('finishes what it has accepted before it ends', async () => {
    await start(1);
    const slow = call('/sleep?ms=800');
    await until(() => replicas().busy);
    await scale(0);
    expect((await slow).status).toBe(200);
    await until(() => pids().length === 0);
  });

  test('gets no new call', async () => {
    await start(2);
    const running = load(4);
    await scale(1);
    await until(() => pids().length === 1);
    expect(new Set(await running.stop())).toEqual(new Set([200]));
  });

  test('is cut off when it takes longer than the drain time', async () => {
    gateway = await TestGateway.start({ limits: { drainTimeoutMs: 200 } });
    await gateway.deploy();
    const slow = call('/sleep?ms=20000');
    await until(() => replicas().busy);
    await scale(0);
    expect((await slow).status).toBe(502);
    await until(() => pids().length === 0);
  });

  test('is the one with the least to do', async () => {
    await start(2);
    const slow = call('/sleep?ms=1000');
    await until(() => replicas().busy);
    await scale(1);
    await until(() => pids().length === 1);
    expect(replicas().busy).toBe(true);
    expect((await slow).status).toBe(200);
  });
});

describe('a replica that crashes', () => {
  test('is replaced', async () => {
    await start(1);
    const [first = 0] = pids();
    process.kill(first, 'SIGKILL');
    await until(() => !isAlive(first));
    expect((await call()).status).toBe(200);
    expect(gateway.log).toContainEqual(expect.stringMatching(/f-1-\w+ was ended by SIGKILL; it is replaced/));
  });

  test('answers 502 for what it had in flight', async () => {
    await start(1);
    expect(await call('/exit')).toEqual({ status: 502, text: expect.stringMatching(/^the replica f-1-\w+ failed/) });
  });

  test('takes its call with it: no other replica gets it', async () => {
    await start(2);
    const before = pids();
    expect((await call('/exit')).status).toBe(502);
    await until(() => !before.every(isAlive));
    await gateway.available(2);
    expect(before.filter(isAlive)).toHaveLength(1);
  });

  test('answers 502 to a caller who is still sending', async () => {
    await start(1);
    const body = Buffer.alloc(20_000_000);
    const { statusCode } = await gateway.call('/exit', { method: 'POST', body });
    expect(statusCode).toBe(502);
  });

  test('cuts the connection in the middle of an answer, so that a part is not taken for the whole', async () => {
    await start(1);
    await expect(call('/half')).rejects.toThrow();
  });

  test('costs only its own calls while others serve on', async () => {
    await start(2);
    const running = load(4);
    await call('/exit');
    await gateway.available(2);
    const statuses = await running.stop();
    expect(statuses.filter((status) => status !== 200).length).toBeLessThanOrEqual(4);
    expect(new Set(statuses)).toContain(200);
    expect([...new Set(statuses)].every((status) => status === 200 || status === 502)).toBe(true);
  });

  test('again and again is started with growing pauses, and callers are told', async () => {
    gateway = await TestGateway.start();
    const failing = { service: 'f', image: 'double', envVars: { START_FAILS: 'broken' } };
    await (await gateway.system('POST', 'functions', failing)).body.dump();
    await until(() => gateway.log.filter((line) => line.includes('broken')).length >= 4);
    expect((await call()).text).toMatch(/broken/);
    const { body } = await gateway.system('GET', 'local/processes');
    expect(await body.json()).toMatchObject({ startErrors: [{ function: 'f', message: /broken/ }] });
  });

  test('as nobody listens on it any more, although its process is there, costs no call', async () => {
    await start(1);
    expect((await call('/deaf')).status).toBe(200);
    expect((await call()).status).toBe(200);
    expect(gateway.log).toContainEqual(expect.stringMatching(/refuses connections; it is replaced/));
  });
});

describe('an update', () => {
  const update = async (envVars: Record<string, string>, labels = {}) => {
    const { statusCode, body } = await gateway.system('PUT', 'functions', {
      service: 'f',
      image: 'double',
      envVars,
      labels,
    });
    await body.dump();
    return statusCode;
  };
  const mark = async () => (JSON.parse((await call()).text) as { mark: string }).mark;

  test('replaces every replica under load without a failed call', async () => {
    await start(3);
    const before = pids();
    const running = load(8);
    expect(await update({ MARK: 'new', START_MS: '100' })).toBe(202);
    await until(() => before.every((pid) => !isAlive(pid)));
    await gateway.available(3);
    expect(new Set(await running.stop())).toEqual(new Set([200]));
    expect(await mark()).toBe('new');
  });

  test('leaves the old replicas in service while the new ones fail', async () => {
    await start(2);
    const before = pids();
    await update({ START_FAILS: 'broken' });
    await until(() => gateway.log.some((line) => line.includes('broken')));
    expect((await call()).status).toBe(200);
    expect(before.every(isAlive)).toBe(true);
    await update({ MARK: 'repaired' });
    await until(() => before.every((pid) => !isAlive(pid)));
    expect(await mark()).toBe('repaired');
  });

  test('of a function at zero starts nothing', async () => {
    await start(0);
    await until(() => pids().length === 0);
    await update({ MARK: 'new' });
    await sleep(200);
    expect(pids()).toEqual([]);
    expect(await mark()).toBe('new');
  });

  test('keeps the number of replicas, unless it names a minimum', async () => {
    await start(2);
    await update({});
    expect(replicas().desired).toBe(2);
    await update({}, { 'com.openfaas.scale.min': '3' });
    expect(replicas().desired).toBe(3);
  });

  test('while another one is under way wins', async () => {
    await start(2);
    await update({ MARK: 'one', START_MS: '300' });
    await update({ MARK: 'two' });
    await until(async () => (await mark()) === 'two' && pids().length === 2);
    const marks = new Set([await mark(), await mark(), await mark(), await mark()]);
    expect(marks).toEqual(new Set(['two']));
  });
});

test('scaling and updates in the midst of one another cost no call', async () => {
  await start(2);
  const running = load(8);
  const seen = new Set<number>();
  const update = async (envVars: Record<string, string>) => {
    const body = { service: 'f', image: 'double', envVars };
    await (await gateway.system('PUT', 'functions', body)).body.dump();
  };
  // With no pause, so that one begins while another is under way, and with one that lets it get somewhere.
  for (const pauseMs of [0, 50, 200]) {
    for (const count of [4, 1, 3, 1, 2]) {
      await scale(count);
      await sleep(pauseMs);
      await update({ MARK: `${count}-${pauseMs}`, START_MS: '50' });
      await sleep(pauseMs);
      for (const pid of pids()) seen.add(pid);
    }
  }
  await gateway.available(replicas().desired);
  expect(new Set(await running.stop())).toEqual(new Set([200]));
  expect(seen.size).toBeGreaterThan(8);
});

test('a deleted function finishes what it has accepted', async () => {
  await start(1);
  const before = pids();
  const slow = call('/sleep?ms=800');
  await until(() => replicas().busy);
  await (await gateway.system('DELETE', 'functions', { functionName: 'f' })).body.dump();
  expect((await call()).status).toBe(404);
  expect((await slow).status).toBe(200);
  await until(() => before.every((pid) => !isAlive(pid)));
});

describe('load', () => {
  const timing = {
    threshold: 5,
    windowMs: 500,
    evaluationMs: 100,
    holdMs: 100,
    groupWaitMs: 100,
    groupIntervalMs: 100,
    repeatMs: 300,
  };
  const labels = { 'com.openfaas.scale.max': '3', 'com.openfaas.scale.factor': '20' };

  test('brings replicas to the maximum, and its end brings them back to the minimum', async () => {
    gateway = await TestGateway.start({ timing });
    await gateway.deploy({ labels });
    const running = load(2);
    await gateway.available(3);
    expect(new Set(await running.stop())).toEqual(new Set([200]));
    await gateway.available(1);
  });

  test('whose answers fail brings none', async () => {
    gateway = await TestGateway.start({ timing });
    await gateway.deploy({ labels });
    for (const end = performance.now() + 1_500; performance.now() < end; ) await call('/status?code=500');
    expect(replicas().desired).toBe(1);
  });

  test('that is over starts nothing of a function that was scaled to zero meanwhile', async () => {
    gateway = await TestGateway.start({ timing });
    await gateway.deploy({ labels });
    const running = load(2);
    await gateway.available(2);
    await running.stop();
    await scale(0);
    await sleep(1_500);
    expect(replicas().desired).toBe(0);
  });
});
