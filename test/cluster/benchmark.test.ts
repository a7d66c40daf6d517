import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clusterObjects, Stack } from './stack.ts';

let stack: Stack;
let before: string[];

const runs = async () => (await readdir(join(stack.folder, 'results'))).filter((name) => name !== 'latest').sort();
const file = (run: string, name: string) => readFile(join(stack.folder, 'results', run, name), 'utf8');
const newest = async () => (await runs()).at(-1) ?? '';
const lines = async (run: string, name: string) => (await file(run, name)).split('\n').filter(Boolean).length;
const report = async () => (await stack.outputs<{ report: string }>()).report;

beforeAll(async () => {
  stack = await Stack.create('server', { 'benchmark:scenarios': ['latency'], 'benchmark:from': 'job' });
  before = await clusterObjects(stack);
});
afterAll(() => stack?.dispose());

test('from a Job, the load comes from inside the cluster, and its samples come here', async () => {
  const made = await stack.up();
  expect(made.succeeded, made.log).toBe(true);
  const run = await newest();
  expect(await report()).toBe(`results/${run}/report.html`);
  expect(JSON.parse(await file(run, 'run.json'))).toMatchObject({ status: 'complete', deployment: { client: 'job' } });
  expect(await lines(run, 'samples.jsonl')).toBeGreaterThan(100);
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
});

test('the next update measures to the end', async () => {
  const again = await stack.up();
  expect(again.succeeded, again.log).toBe(true);
  const run = await newest();
  expect(JSON.parse(await file(run, 'run.json'))).toMatchObject({ status: 'complete', deployment: { client: 'host' } });
  expect(await report()).toBe(`results/${run}/report.html`);
});

test('destroy leaves the cluster as it was', async () => {
  const destroyed = await stack.destroy();
  expect(destroyed.succeeded, destroyed.log).toBe(true);
  expect(await clusterObjects(stack)).toEqual(before);
});
