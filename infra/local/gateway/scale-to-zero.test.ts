import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAlive, testDouble, until } from '../test-double/index.ts';
import { TestGateway, type TestGatewayOptions } from './test-gateway.ts';

let folder: string;
let startsFile: string;
let gateway: TestGateway | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faceoff-test-'));
  startsFile = join(folder, 'starts');
});
afterEach(async () => {
  await gateway?.close();
  rmSync(folder, { recursive: true });
});

/** A gateway whose function `f` has no replica; `starts` tells the process ids of all that were started since. */
async function atZero(env: Record<string, string> = {}, options: TestGatewayOptions = {}) {
  const started = await TestGateway.start(options);
  gateway = started;
  await started.deploy();
  await (await started.system('PUT', 'functions', { service: 'f', image: 'double', envVars: env })).body.dump();
  await (await started.system('POST', 'scale-function/f', { replicas: 0 })).body.dump();
  await until(() => started.functions.get('f').replicas.processes.length === 0);
  const update = { service: 'f', image: 'double', envVars: { ...env, STARTS_FILE: startsFile } };
  await (await started.system('PUT', 'functions', update)).body.dump();
  const starts = () => readFileSync(startsFile, 'utf8').trim().split('\n').map(Number);
  return { gateway: started, starts };
}

const answerOf = async (call: ReturnType<TestGateway['call']>) => {
  const { statusCode, body } = await call;
  return [statusCode, await body.text()] as const;
};

describe('a function at zero', () => {
  test('has no process', async () => {
    const { gateway } = await atZero();
    const { body } = await gateway.system('GET', 'local/processes');
    expect(await body.json()).toMatchObject({ replicas: [] });
  });

  test('starts once, however many callers wait, and answers them all', async () => {
    const { gateway, starts } = await atZero({ START_MS: '300' });
    const calls = Array.from({ length: 50 }, () => answerOf(gateway.call('', { method: 'POST', body: 'x' })));
    expect((await Promise.all(calls)).map(([status]) => status)).toEqual(Array(50).fill(200));
    expect(starts()).toHaveLength(1);
  });

  test('starts for a caller with a large body, which arrives whole', async () => {
    const { gateway } = await atZero({ START_MS: '300' });
    const sent = Buffer.alloc(3_000_000, 'x');
    const [status, body] = await answerOf(gateway.call('/echo', { method: 'POST', body: sent }));
    expect([status, body.length]).toEqual([200, sent.length]);
  });

  test('whose start fails tells every caller why', async () => {
    const { gateway } = await atZero({ START_FAILS: 'no model here' });
    const calls = Array.from({ length: 5 }, () => answerOf(gateway.call()));
    for (const answer of await Promise.all(calls)) {
      expect(answer).toEqual([
        503,
        expect.stringMatching(/ended with exit code 3 before it was ready.*no model here/s),
      ]);
    }
  });

  test('lets no more callers wait than the limit', async () => {
    const { gateway } = await atZero({ START_MS: '1000' }, { limits: { maxWaiting: 3 } });
    const calls = await Promise.all(Array.from({ length: 10 }, () => answerOf(gateway.call())));
    const of = (status: number) => calls.filter((call) => call[0] === status);
    expect([of(200).length, of(503).length]).toEqual([3, 7]);
    expect(of(503)[0]?.[1]).toMatch(/3 calls wait for a replica already/);
  });

  test('lets no caller wait longer than the limit', async () => {
    const { gateway } = await atZero({ START_MS: '60000' }, { limits: { startTimeoutMs: 500 } });
    expect((await answerOf(gateway.call()))[0]).toBeOneOf([503, 504]);
  });

  test('goes on starting when the one caller leaves', async () => {
    const { gateway, starts } = await atZero({ START_MS: '500' });
    const leave = new AbortController();
    const call = gateway.call('', { signal: leave.signal });
    await until(() => gateway.functions.get('f').replicas.busy);
    leave.abort();
    await expect(call).rejects.toThrow();
    await gateway.available(1);
    expect(gateway.functions.get('f').replicas.busy).toBe(false);
    expect(starts()).toHaveLength(1);
  });

  test('ends a start that is under way when it is scaled to zero again, and tells who waits', async () => {
    const { gateway, starts } = await atZero({ START_MS: '60000' });
    const call = answerOf(gateway.call());
    await until(() => existsSync(startsFile));
    await (await gateway.system('POST', 'scale-function/f', { replicas: 0 })).body.dump();
    expect(await call).toEqual([503, 'f was scaled to zero\n']);
    await until(() => starts().every((pid) => !isAlive(pid)));
  });

  test('starts to its minimum', async () => {
    gateway = await TestGateway.start();
    await gateway.deploy({ labels: { 'com.openfaas.scale.min': '2' } });
    await (await gateway.system('POST', 'scale-function/f', { replicas: 0 })).body.dump();
    await gateway.available(0);
    expect((await answerOf(gateway.call()))[0]).toBe(200);
    await gateway.available(2);
  });
});

describe('an idle function', () => {
  const labels = { 'com.openfaas.scale.zero': 'true', 'com.openfaas.scale.zero-duration': '700ms' };

  test('goes to zero after its idle time, and comes back when it is called', async () => {
    gateway = await TestGateway.start();
    await gateway.deploy({ labels });
    await gateway.available(0);
    expect((await answerOf(gateway.call()))[0]).toBe(200);
  });

  test('has its idle time from when it is ready, however long it takes to start', async () => {
    gateway = await TestGateway.start();
    await gateway.deploy({ labels, envVars: { START_MS: '2000' } });
    expect(gateway.functions.get('f').replicas.available).toBe(1);
    await gateway.available(0);
  });

  test('stays while a call takes longer than that', async () => {
    gateway = await TestGateway.start();
    await gateway.deploy({ labels });
    const [status, replica] = await answerOf(gateway.call('/sleep?ms=2000'));
    expect([status, replica]).toEqual([200, expect.stringMatching(/^f-1-/)]);
    expect(gateway.functions.get('f').replicas.desired).toBe(1);
  });

  test('stays without the label', async () => {
    gateway = await TestGateway.start({ images: { other: { command: testDouble } } });
    await gateway.deploy({ labels: { 'com.openfaas.scale.zero-duration': '100ms' } });
    await (await gateway.system('POST', 'functions', { service: 'g', image: 'other', labels })).body.dump();
    const { functions } = gateway;
    await until(() => functions.get('g').replicas.available === 1);
    await until(() => functions.get('g').replicas.desired === 0);
    expect(functions.get('f').replicas.desired).toBe(1);
  });
});
