import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareChart } from './openfaas-chart.ts';
import { clusterObjects, Stack } from './stack.ts';

let stack: Stack;
let before: string[];

interface Outputs {
  report: string;
}

beforeAll(async () => {
  stack = await Stack.create('dev', {
    'openfaas:chartPath': await prepareChart(),
    // Searching capacity and bursts of this length would take a quarter of an hour.
    'benchmark:scenarios': ['latency', 'throughput', 'cold-start', 'autoscaling'],
    // OpenFaaS takes its first step after about half a minute; this one leads to all five.
    'serverless:scaleFactor': 100,
    'benchmark:loadSeconds': 80,
    'benchmark:quietSeconds': 40,
  });
  before = await clusterObjects(stack);
});
afterAll(() => stack?.dispose());

const summary = async () => {
  const { report } = await stack.outputs<Outputs>();
  return JSON.parse(await readFile(join(stack.folder, report, '../summary.json'), 'utf8'));
};

test('a preview succeeds, makes nothing, and measures nothing', async () => {
  const preview = await stack.preview();
  expect(preview.succeeded, preview.log).toBe(true);
  expect(await clusterObjects(stack)).toEqual(before);
  expect(existsSync(join(stack.folder, 'results'))).toBe(false);
});

/** What a cold start is split into where the cluster tells all of it; a late event may cost one trial a part. */
const everyPart = ['react', 'schedule', 'pull', 'start', 'runtime', 'load', 'first answer'];

function partsOf({ coldStart }: { coldStart: { trials: { parts: { name: string }[] }[] } }): string[] {
  const told = new Set(coldStart.trials.flatMap(({ parts }) => parts.map(({ name }) => name)));
  return everyPart.filter((name) => told.has(name));
}

test('one update makes both architectures, benchmarks them, and writes the report', async () => {
  const made = await stack.up();
  expect(made.succeeded, made.log).toBe(true);
  const { targets } = await summary();
  expect(targets.map(({ name, failed }: { name: string; failed: boolean }) => [name, failed])).toEqual([
    ['server', false],
    ['serverless', false],
  ]);
});

test('load makes five replicas of the function and none of the server, and quiet one again', async () => {
  const { targets } = await summary();
  const [server, serverless] = targets;
  expect(server.autoscaling.peakReplicas).toBe(1);
  expect(serverless.autoscaling.peakReplicas).toBe(5);
  expect(serverless.autoscaling.replicas.at(-1).value).toBe(1);
});

test('the function starts from no replica', async () => {
  const [, serverless] = (await summary()).targets;
  expect(serverless.coldStart.succeeded).toBeGreaterThan(0);
  expect(serverless.coldStart.warm).toBe(0);
  expect(partsOf(serverless)).toEqual(everyPart);
});

test('a second update neither changes nor benchmarks anything', async () => {
  const again = await stack.up('--expect-no-changes');
  expect(again.succeeded, again.log).toBe(true);
});

test('another token benchmarks again, from a Job, which may take the function to no replica and back', async () => {
  const { report } = await stack.outputs<Outputs>();
  await stack.configure({
    'benchmark:token': 'again',
    'benchmark:from': 'job',
    'benchmark:scenarios': ['latency', 'cold-start'],
  });
  const again = await stack.up();
  expect(again.succeeded, again.log).toBe(true);
  expect((await stack.outputs<Outputs>()).report).not.toBe(report);
  const [, serverless] = (await summary()).targets;
  expect(serverless.failed).toBe(false);
  expect(partsOf(serverless)).toEqual(everyPart);
});

test('destroy leaves the cluster as it was', async () => {
  const destroyed = await stack.destroy();
  expect(destroyed.succeeded, destroyed.log).toBe(true);
  expect(await clusterObjects(stack)).toEqual(before);
});
