import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ClusterDouble } from '../infra/kubernetes/api/test-double/cluster.ts';
import { deadUrl, type Endpoint, startEndpoint } from '../test/double/endpoint.ts';
import { benchmarkResource } from './benchmark-resource.ts';
import { photosDigest } from './photos-digest.ts';

let results: string;
let cluster: ClusterDouble;
let endpoint: Endpoint;
let stop: AbortController;
let lines: string[];
beforeEach(async () => {
  results = await mkdtemp(join(tmpdir(), 'faceoff-benchmark-'));
  cluster = await ClusterDouble.start('faceoff/server', 'openfaas/alertmanager');
  endpoint = await startEndpoint();
  stop = new AbortController();
  lines = [];
});
afterEach(async () => {
  await Promise.all([cluster.close(), endpoint.close(), rm(results, { recursive: true })]);
});

const target = (url: string) => ({
  name: 'serverless',
  architecture: 'serverless' as const,
  url,
  deployment: { namespace: 'faceoff', name: 'server' },
  scalable: true,
  minReplicas: 1,
  autoscaler: { kind: 'alertmanager' as const, namespace: 'openfaas', name: 'alertmanager' },
});

const inputs = (changes: object = {}) => ({
  targets: [target(endpoint.url)],
  cluster: { kubeconfig: cluster.kubeconfig },
  profile: 'quick' as const,
  scenarios: ['latency'],
  seed: 1,
  results,
  name: 'dev',
  autoscaling: { rate: 20, seconds: 1, quietSeconds: 0.2 },
  image: { name: 'classifier:1', digest: 'sha256:1' },
  token: '',
  ...changes,
});

const create = (changes: object = {}) =>
  benchmarkResource.create(inputs(changes), {
    signal: stop.signal,
    progress: (line) => {
      lines.push(line);
    },
  });
const latest = (name: string): Promise<string> => readFile(join(results, 'latest', name), 'utf8');
const manifest = async () => JSON.parse(await latest('run.json'));

test('a benchmark leaves a report, and its figures for the outputs', async () => {
  const { id, outs } = await create({ scenarios: ['latency', 'cold-start', 'autoscaling'] });
  expect(outs).toMatchObject({
    folder: id,
    report: join(id, 'report.html'),
    status: 'complete',
    photosDigest: await photosDigest(),
    summary: {
      verdict: expect.stringContaining('Only serverless was measured'),
      targets: {
        serverless: {
          failed: false,
          requests: 176,
          errors: 0,
          medianLatencyMs: { value: expect.any(Number), low: expect.any(Number), high: expect.any(Number) },
          // Six trials cannot bound a median.
          medianColdStartSeconds: { value: expect.any(Number) },
          mostReplicas: 1,
        },
      },
    },
  });
  expect(id).toBe(relative('.', id));
  await access(join(id, 'report.html'));
});

test('the run folder tells the cluster, the image and the limits that its figures hold for', async () => {
  await create();
  expect(await manifest()).toMatchObject({
    name: 'dev',
    targets: [{ name: 'serverless', platform: 'kubernetes' }],
    settings: { autoscaling: { rate: 20, seconds: 1, quietSeconds: 0.2 } },
    deployment: {
      client: 'host',
      cluster: { version: 'v1.34.4', nodes: [{ name: 'node-1', cpu: '2' }] },
      targets: [{ image: 'classifier:1', imageDigest: `sha256:${'ab'.repeat(32)}`, cpu: '500m', memory: '512Mi' }],
    },
  });
  expect(await latest('report.html')).toContain('v1.34.4');
});

test('the objective of the configuration is asked for', async () => {
  await create({ scenarios: ['latency'], objective: 'p90 < 2s' });
  expect((await manifest()).settings.objective).toEqual({ quantile: 0.9, latencyMs: 2000, errorShare: 0.01 });
});

test('no scenario named means all of them', async () => {
  await create({ scenarios: [], targets: [{ ...target(await deadUrl()) }] }).catch(() => undefined);
  expect((await manifest()).scenarios).toEqual([
    ...['latency', 'throughput', 'capacity', 'cold-start', 'autoscaling', 'burst', 'base-burst'],
  ]);
});

test('steps and their progress are told as they go', async () => {
  await create();
  expect(lines).toContain('First answers: does each target classify?');
  expect(lines.some((line) => line.startsWith('  '))).toBe(true);
});

test('the autoscaler is off while other things are measured, and acts again afterwards', async () => {
  await create();
  expect(cluster.changes.filter((change) => change.startsWith('openfaas/'))).toEqual([
    'openfaas/alertmanager 0',
    'openfaas/alertmanager 1',
  ]);
});

test('a stopped benchmark fails the update, keeps its samples and report, and leaves the cluster as it was', async () => {
  const made = create({ scenarios: ['throughput', 'cold-start'], profile: 'paper' });
  const told = expect(made).rejects.toThrow(
    /^the benchmark failed: it was stopped; what was measured is in .*report\.html$/,
  );
  await expect
    .poll(async () => (await latest('samples.jsonl').catch(() => '')).length, { timeout: 30_000 })
    .toBeGreaterThan(1000);
  stop.abort(new Error('Pulumi is gone'));
  await told;
  expect((await manifest()).status).toBe('stopped');
  expect(await latest('report.md')).toContain('did not come to its end (stopped)');
  expect(cluster.replicas.get('openfaas/alertmanager')).toBe(1);
  expect(cluster.replicas.get('faceoff/server')).toBe(1);
});

test('a benchmark without any answer fails the update in a line, and still reports', async () => {
  const dead = await deadUrl();
  await expect(create({ targets: [target(dead)] })).rejects.toThrow(
    /^the benchmark failed: no target answered a photo with success.*report\.html$/,
  );
  expect(await latest('report.html')).toContain('ECONNREFUSED');
});

test('one target that classifies nothing fails the update, with the other one measured', async () => {
  cluster.replicas.set('faceoff/other', 1);
  const other = { ...target(await deadUrl()), name: 'other', deployment: { namespace: 'faceoff', name: 'other' } };
  await expect(create({ targets: [target(endpoint.url), other] })).rejects.toThrow('other classified no photo');
  expect((await manifest()).status).toBe('complete');
});

test('a target that breaks down under load is a finding', async () => {
  const busy = await startEndpoint((_, response) => {
    response.statusCode = busy.received.length > 160 ? 503 : 200;
    response.end('{}');
  });
  const { outs } = await create({ targets: [target(busy.url)], scenarios: ['latency'] });
  await busy.close();
  expect(outs).toMatchObject({ status: 'complete', summary: { targets: { serverless: { failed: true } } } });
});

test('a Deployment that is not there is told before anything is measured', async () => {
  const missing = { ...target(endpoint.url), deployment: { namespace: 'faceoff', name: 'missing' } };
  await expect(create({ targets: [missing] })).rejects.toThrow(/^the cluster has no Deployment faceoff\/missing$/);
  expect(endpoint.received).toEqual([]);
});

const diff = async (changes: object, before: object = {}) => {
  const state = { ...inputs(), photosDigest: await photosDigest(), ...before };
  return benchmarkResource.diff?.('id', state, inputs(changes));
};

test.each([
  ['the image', { image: { name: 'classifier:2', digest: 'sha256:2' } }],
  ['the token', { token: 'again' }],
  ['the profile', { profile: 'paper' }],
  ['the scenarios', { scenarios: [] }],
  ['the objective', { objective: 'p95 < 2s' }],
  ['the seed', { seed: 2 }],
  ['the load', { autoscaling: { rate: 30, seconds: 1, quietSeconds: 0.2 } }],
  ['where the load comes from', { job: { stack: 'dev', namespace: 'a', serviceAccount: 'b', image: 'classifier:1' } }],
  ['a target', { targets: [target('http://127.0.0.1:1/')] }],
])('another value of %s has it run again', async (_, changes) => {
  expect(await diff(changes)).toEqual({ changes: true });
});

test.each([
  ['nothing', {}],
  ['the tag of the same image', { image: { name: 'classifier:2', digest: 'sha256:1' } }],
  ['where reports are kept', { results: 'elsewhere', name: 'other' }],
  ['the way to the cluster', { cluster: { context: 'other' } }],
])('another value of %s does not', async (_, changes) => {
  expect(await diff(changes)).toEqual({ changes: false });
});

test('another photo in the same folder has it run again', async () => {
  await writeFile(join(results, 'a.jpg'), 'a');
  const before = { photosDigest: await photosDigest(results) };
  expect(await diff({ photos: results }, before)).toEqual({ changes: false });
  await writeFile(join(results, 'a.jpg'), 'b');
  expect(await diff({ photos: results }, before)).toEqual({ changes: true });
});
