import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { KubernetesObject } from '../../policy/kubernetes/index.ts';
import { objectRules } from '../../policy/rules/index.ts';
import { clusterObjects, Stack, type Underway } from './stack.ts';

let stack: Stack;
let before: string[];
const own = inject('cluster').kind === 'own';

const runs = async () => (await readdir(join(stack.folder, 'results'))).filter((name) => name !== 'latest').sort();
const file = (run: string, name: string) => readFile(join(stack.folder, 'results', run, name), 'utf8');
const newest = async () => (await runs()).at(-1) ?? '';
const lines = async (run: string, name: string) => (await file(run, name)).split('\n').filter(Boolean).length;
const report = async () => (await stack.outputs<{ report: string }>()).report;

beforeAll(async () => {
  stack = await Stack.create('server', {
    'benchmark:scenarios': ['latency'],
    'benchmark:from': 'job',
    'server:maxReplicas': 3,
    // Addresses of Services lead from this machine to no Minikube.
    ...(own && { 'exposure:service': 'ClusterIP', 'exposure:host': undefined }),
  });
  before = await clusterObjects(stack);
});
afterAll(() => stack?.dispose());

/** What the HorizontalPodAutoscaler says. */
const autoscaler = (path: string) =>
  stack.kubectl('--namespace', 'faceoff', 'get', 'hpa/server', '--output', `jsonpath=${path}`);

/** The pod of the Job, as the cluster has it while it is there. */
async function jobPod({ child }: Underway): Promise<KubernetesObject | undefined> {
  while (child.exitCode === null) {
    const pods = await stack.kubectl('--namespace', 'faceoff-benchmark', 'get', 'pods', '--output', 'json');
    const [pod] = (JSON.parse(pods) as { items: KubernetesObject['props'][] }).items;
    if (pod !== undefined) return { type: 'kubernetes:core/v1:Pod', props: pod };
    await sleep(2000);
  }
  return undefined;
}

test('from a Job, the load comes from inside the cluster, and its samples come here', async () => {
  const update = stack.begin('up');
  const pod = await jobPod(update);
  const made = await update.ended;
  expect(made.succeeded, made.log).toBe(true);
  const run = await newest();
  expect(await report()).toBe(`results/${run}/report.html`);
  expect(JSON.parse(await file(run, 'run.json'))).toMatchObject({ status: 'complete', deployment: { client: 'job' } });
  expect(await lines(run, 'samples.jsonl')).toBeGreaterThan(100);
  // No policy pack sees it, since it is no resource of the stack.
  const broken = objectRules(false).filter(({ check }) => pod === undefined || check(pod).length > 0);
  // A client that is held back would measure itself, so it has no limit of CPU.
  expect(broken.map(({ name }) => name)).toEqual(['guaranteed-resources']);
});

test('the autoscaler has found the Deployment, and acts again after the benchmark', async () => {
  expect(await autoscaler('{.spec.scaleTargetRef.kind}/{.spec.scaleTargetRef.name}')).toBe('Deployment/server');
  expect(await autoscaler('{.status.conditions[?(@.type=="AbleToScale")].status}')).toBe('True');
  expect(await autoscaler('{.spec.minReplicas} to {.spec.maxReplicas}')).toBe('1 to 3');
});

test('a second update changes nothing, for all that the benchmark has done to the autoscaler', async () => {
  const again = await stack.up('--expect-no-changes');
  expect(again.succeeded, again.log).toBe(true);
});

test('the Job is removed when it is done', async () => {
  const namespace = ['--namespace', 'faceoff-benchmark'];
  expect(await stack.kubectl(...namespace, 'get', 'jobs', '--output', 'name')).toBe('');
  await stack.kubectl(...namespace, 'wait', '--for=delete', 'pods', '--all', '--timeout=60s');
});

/** Begins to measure from this machine, and presses Ctrl-C so many times in the middle of it. */
async function interrupt(times: number): Promise<string> {
  const earlier = await runs();
  await stack.configure({ 'benchmark:from': 'host', 'benchmark:token': `interrupted ${times} times` });
  const update = stack.begin('up');
  const begun = async () => {
    const run = (await runs()).find((name) => !earlier.includes(name));
    return run !== undefined && (await lines(run, 'samples.jsonl').catch(() => 0)) > 20;
  };
  while (!(await begun())) {
    expect(update.child.exitCode, 'the update ended before it measured').toBeNull();
    await sleep(50);
  }
  for (let time = 0; time < times; time += 1) {
    update.interrupt();
    await sleep(300);
  }
  const { succeeded, log } = await update.ended;
  expect(succeeded).toBe(false);
  return log;
}

/** Processes that work in the stack's folder. */
async function processes(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return pids.filter((_, index) => folders[index]?.startsWith(stack.folder));
}

test('one Ctrl-C lets the benchmark that is under way end, as Pulumi does with what it has begun', async () => {
  await interrupt(1);
  expect(JSON.parse(await file(await newest(), 'run.json'))).toMatchObject({ status: 'complete' });
});

test('a second one stops it, keeps its samples with a report, and leaves no process', async () => {
  await interrupt(2);
  while ((await processes()).length > 0) await sleep(100);
  const run = await newest();
  expect(JSON.parse(await file(run, 'run.json'))).toMatchObject({ status: 'stopped' });
  expect(await lines(run, 'samples.jsonl')).toBeGreaterThan(20);
  expect((await stat(join(stack.folder, 'results', run, 'report.html'))).size).toBeGreaterThan(0);
  expect(await autoscaler('{.spec.maxReplicas}')).toBe('3');
});

test('the next update measures to the end, and takes another size, for all that benchmarks have set', async () => {
  await stack.configure({ 'server:maxReplicas': 4 });
  const again = await stack.up();
  expect(again.succeeded, again.log).toBe(true);
  const run = await newest();
  expect(JSON.parse(await file(run, 'run.json'))).toMatchObject({ status: 'complete', deployment: { client: 'host' } });
  expect(await report()).toBe(`results/${run}/report.html`);
  expect(await autoscaler('{.spec.maxReplicas}')).toBe('4');
});

test.runIf(own)(
  'the host has reached the server at the address of its Service (which leads to no Minikube)',
  async () => {
    const address = await stack.kubectl(
      '--namespace',
      'faceoff',
      'get',
      'service/server',
      '--output',
      'jsonpath={.spec.type} {.spec.clusterIP}',
    );
    const { targets } = JSON.parse(await file(await newest(), 'run.json')) as { targets: { url: string }[] };
    expect(targets.map(({ url }) => `ClusterIP ${new URL(url).hostname}`)).toEqual([address]);
  },
);

test('destroy leaves the cluster as it was', async () => {
  const destroyed = await stack.destroy();
  expect(destroyed.succeeded, destroyed.log).toBe(true);
  expect(await clusterObjects(stack)).toEqual(before);
});
