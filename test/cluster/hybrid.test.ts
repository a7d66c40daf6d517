import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classify } from './classify.ts';
import { run } from './cluster.ts';
import { prepareRouter } from './haproxy/image.ts';
import { type Answers, underLoad } from './load.ts';
import { prepareChart } from './openfaas-chart.ts';
import { clusterObjects, Stack, type Update } from './stack.ts';

let stack: Stack;
let before: string[];

beforeAll(async () => {
  stack = await Stack.create('hybrid', {
    ...(await prepareRouter()),
    'openfaas:chartPath': await prepareChart(),
    'benchmark:enabled': false,
    // The function must answer before the burst is over; one server and one replica of it are all that a small node has room for.
    'classifier:cpu': '500m',
    'serverless:maxReplicas': 1,
  });
  before = await clusterObjects(stack);
});
afterAll(() => stack?.dispose());

const inHybrid = (...args: string[]) => stack.kubectl('--namespace', 'faceoff-hybrid', ...args);
const inFunctions = (...args: string[]) => stack.kubectl('--namespace', 'openfaas-fn', ...args);
const replicasOfFunction = () =>
  inFunctions('get', 'deployment/classifier-overflow', '--output', 'jsonpath={.spec.replicas}');
const variable = (name: string) =>
  inHybrid(
    'get',
    'deployment/router',
    '--output',
    `jsonpath={.spec.template.spec.containers[0].env[?(@.name=="${name}")].value}`,
  );
const url = async () => (await stack.outputs<{ urls: { hybrid: string } }>()).urls.hybrid;

/** Who answered: `base` or `overflow`; the status where it failed. */
async function ask(to: string): Promise<string> {
  const answer = await classify(to, { patienceMs: 60_000 });
  await answer.arrayBuffer();
  return answer.ok ? (answer.headers.get('x-routed-to') ?? 'nobody').replace(/-\d+$/, '') : String(answer.status);
}

/**
 * Requests while something happens, which is told who has answered so far.
 * @param lanes so many at once; one after the other unless given.
 */
async function whoAnswers(
  happens: (who: readonly string[]) => Promise<unknown>,
  lanes = 1,
): Promise<Answers & { who: string[] }> {
  const to = await url();
  const who: string[] = [];
  const send = async () => {
    const answer = await classify(to, { patienceMs: 60_000 });
    who.push((answer.headers.get('x-routed-to') ?? 'nobody').replace(/-\d+$/, ''));
    return answer;
  };
  return { ...(await underLoad(send, () => happens(who), lanes)), who };
}

/** More requests at once than a base of two servers may have. */
const moreThanBase = async () => 2 * Number(await variable('IN_FLIGHT')) + 2;

/** Resolves when a request has found the base full, and the function has answered it. */
const hasOverflowed = (who: readonly string[]) =>
  expect.poll(() => who, { timeout: 120_000, interval: 200 }).toContain('overflow');

/** Resolves when so many in a row were answered by one side. */
async function untilAnsweredBy(side: string, times = 5): Promise<void> {
  const to = await url();
  let row = 0;
  for (const deadline = performance.now() + 120_000; row < times && performance.now() < deadline; ) {
    row = (await ask(to).catch(() => '')) === side ? row + 1 : 0;
    await sleep(200);
  }
  expect(row).toBe(times);
}

test('one update, held to the policies, makes the base, the router and the function', async () => {
  const made = await stack.up('--policy-pack', 'policy');
  expect(made.succeeded, made.log).toBe(true);
});

test('the base answers, and the function has no replica', async () => {
  const to = await url();
  for (let request = 0; request < 10; request += 1) expect(await ask(to)).toBe('base');
  expect(await replicasOfFunction()).toBe('0');
});

describe('a benchmark of it', () => {
  let target: { failed: boolean; baseBurst: { overflow?: { requests: number; firstAnswerSeconds: number[] } } };
  let events: { kind: string; scenario?: string; inFlight?: number; ready?: number; time: number; edge?: string }[];

  beforeAll(async () => {
    const args = ['--stack', 'hybrid', '--scenario', 'capacity', 'base-burst', '--objective', 'p95 < 2s, errors < 5%'];
    await run('npm', ['run', 'bench', '--', ...args], stack.env, stack.folder);
    const results = join(stack.folder, 'results');
    const folder = join(
      results,
      (await readdir(results))
        .filter((name) => name !== 'latest')
        .sort()
        .at(-1) ?? '',
    );
    [target] = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')).targets;
    const lines = (await readFile(join(folder, 'events.jsonl'), 'utf8')).split('\n').filter(Boolean);
    events = lines.map((line) => JSON.parse(line));
  });

  test('begins the burst with the base alone, and has the function answer what overflows', () => {
    expect(target.failed).toBe(false);
    const start = events.findIndex(({ kind, scenario }) => kind === 'load' && scenario === 'base-burst');
    expect(events.slice(0, start).findLast(({ ready }) => ready !== undefined)?.ready).toBe(1);
    expect(target.baseBurst.overflow?.requests).toBeGreaterThan(0);
  });

  test('leaves what it has measured of the base, and a router that lets requests overflow', async () => {
    const measured = events.findLast(({ kind }) => kind === 'overflow')?.inFlight;
    expect(await variable('IN_FLIGHT')).toBe(String(measured));
    expect(await variable('OVERFLOW')).toBe('enabled');
  });

  test('leaves the function without a replica', async () => {
    await inFunctions('wait', '--for=delete', 'pod', '-l', 'faas_function=classifier-overflow', '--timeout=120s');
    expect(await replicasOfFunction()).toBe('0');
  });

  test('is no change to a second update', async () => {
    const again = await stack.up('--expect-no-changes');
    expect(again.succeeded, again.log).toBe(true);
  });
});

describe('what fails is what must', () => {
  test('without the gateway the base goes on, requests that find it full wait, and those on their way are lost', async () => {
    const gateway = (replicas: number) =>
      stack.kubectl('--namespace', 'openfaas', 'scale', 'deployment/gateway', `--replicas=${replicas}`);
    const lanes = await moreThanBase();
    const going = await whoAnswers(async (who) => {
      await hasOverflowed(who);
      await gateway(0);
      await stack.kubectl('--namespace', 'openfaas', 'wait', '--for=delete', 'pod', '-l', 'app=gateway');
      await sleep(5000);
    }, lanes);
    const gone = await whoAnswers(() => sleep(15_000), lanes);
    await gateway(1);
    await stack.kubectl('--namespace', 'openfaas', 'rollout', 'status', 'deployment/gateway');
    // Ten in a row close the overflow, and each lane may have one more on its way by then.
    expect(going.failures.length).toBeLessThanOrEqual(10 + lanes);
    expect(['502', '503']).toEqual(expect.arrayContaining(going.failures));
    expect(gone.failures).toEqual([]);
    expect(new Set(gone.who)).toEqual(new Set(['base']));
    expect(gone.answered).toBeGreaterThan(20);
  });

  test('without the base the function answers, from zero, and the base again when it is back', async () => {
    await inFunctions('scale', 'deployment/classifier-overflow', '--replicas=0');
    const { failures, who } = await whoAnswers(async () => {
      await inHybrid('scale', 'deployment/base', '--replicas=0');
      await inHybrid('wait', '--for=delete', 'pod', '-l', 'app.kubernetes.io/name=base', '--timeout=120s');
      await untilAnsweredBy('overflow');
      await inHybrid('scale', 'deployment/base', '--replicas=1');
      await untilAnsweredBy('base');
    });
    expect(failures).toEqual([]);
    expect(who).toContain('overflow');
    expect(who.at(-1)).toBe('base');
  });

  test('a router that is restarted loses no request', async () => {
    const { answered, failures } = await whoAnswers(
      async (who) => {
        await hasOverflowed(who);
        await inHybrid('rollout', 'restart', 'deployment/router');
        await inHybrid('rollout', 'status', 'deployment/router');
        // The old one still ends.
        await sleep(15_000);
      },
      await moreThanBase(),
    );
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(50);
  });
});

test('a limit that the configuration sets replaces the measured one, without a failed request', async () => {
  const lanes = await moreThanBase();
  await stack.configure({ 'hybrid:inFlight': '3' });
  let changed: Update | undefined;
  const { failures } = await whoAnswers(async (who) => {
    await hasOverflowed(who);
    changed = await stack.up();
    // The old router still ends.
    await sleep(15_000);
  }, lanes);
  expect(changed?.succeeded, changed?.log).toBe(true);
  expect(failures).toEqual([]);
  expect(await variable('IN_FLIGHT')).toBe('3');
});

test('another configuration of the router is rolled out without a failed request', async () => {
  const lanes = await moreThanBase();
  await stack.configure({ 'hybrid:base': 2 });
  let changed: Update | undefined;
  const { failures } = await whoAnswers(async (who) => {
    await hasOverflowed(who);
    changed = await stack.up();
    await sleep(15_000);
  }, lanes);
  expect(changed?.succeeded, changed?.log).toBe(true);
  expect(failures).toEqual([]);
});

test('destroy leaves the cluster as it was', async () => {
  const destroyed = await stack.destroy();
  expect(destroyed.succeeded, destroyed.log).toBe(true);
  expect(await clusterObjects(stack)).toEqual(before);
});
