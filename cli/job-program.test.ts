import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { mirrorRun, profiles, readPhotos } from '../bench/index.ts';
import { ClusterDouble } from '../infra/kubernetes/api/test-double/cluster.ts';
import { loader } from '../infra/kubernetes/job/index.ts';
import { type Endpoint, startEndpoint } from '../test/double/endpoint.ts';
import { bundleJobProgram } from './job-bundle.ts';
import type { JobOrder } from './job-program.ts';

let program: string;
beforeAll(async () => {
  program = await bundleJobProgram();
});

let folder: string;
let cluster: ClusterDouble;
let endpoint: Endpoint;
let port: number;
let order: JobOrder;
let pod: ChildProcess;
let lines: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faceoff-job-'));
  cluster = await ClusterDouble.start('faceoff/server', 'openfaas/alertmanager');
  endpoint = await startEndpoint();
  lines = [];
  await writeFile(join(folder, 'kubeconfig'), cluster.kubeconfig);
  port = await freePort();
  order = await makeOrder();
  // A process of this machine stands in for the pod: the same Node.js, loader and program.
  pod = spawn(process.execPath, ['-e', loader(port, folder)], {
    env: { KUBECONFIG: join(folder, 'kubeconfig') },
    stdio: 'inherit',
  });
});
afterEach(async () => {
  pod.kill('SIGKILL');
  await Promise.all([cluster.close(), endpoint.close(), rm(folder, { recursive: true })]);
});

async function makeOrder(): Promise<JobOrder> {
  const deployment = { namespace: 'faceoff', name: 'server' };
  const autoscaler = { kind: 'alertmanager' as const, namespace: 'openfaas', name: 'alertmanager' };
  const kind = { architecture: 'server' as const, scalable: false, minReplicas: 1 };
  return {
    targets: [{ name: 'server', ...kind, url: endpoint.url, deployment, autoscaler }],
    profile: 'quick',
    scenarios: ['latency'],
    seed: 1,
    name: 'dev',
    settings: profiles.quick,
    photos: (await readPhotos()).map(({ bytes, ...photo }) => ({ ...photo, base64: bytes.toString('base64') })),
    deployment: { cluster: { version: 'v1.34.4', nodes: [] }, targets: [], client: 'job' },
    source: { faceoff: '1.2.3' },
    results: join(folder, 'there'),
    port: await freePort(),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

const hand = () =>
  expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify({ program, order }) }).then(
          ({ status }) => status,
          () => undefined,
        ),
      { timeout: 30_000 },
    )
    .toBe(200);

const mirror = (signal = new AbortController().signal) =>
  mirrorRun({
    url: `http://127.0.0.1:${order.port}/`,
    results: join(folder, 'here'),
    signal,
    progress: (line) => {
      lines.push(line);
    },
    everyMs: 20,
    patienceMs: 30_000,
  });
const here = (name: string): Promise<string> => readFile(join(folder, 'here', 'latest', name), 'utf8');

test('a run in a pod arrives here whole, and the pod ends by itself', async () => {
  const ended = once(pod, 'exit');
  await hand();
  // An answer that was lost has the order come again.
  await hand();
  expect(await mirror()).toMatchObject({ status: 'complete' });
  expect((await here('samples.jsonl')).trimEnd().split('\n')).toHaveLength(150);
  expect(JSON.parse(await here('run.json'))).toMatchObject({ status: 'complete', host: { faceoff: '1.2.3' } });
  expect(lines[0]).toBe('First answers: does each target classify?');
  expect(await ended).toEqual([0, null]);
});

test('an open loop, which the program sends from threads of its own, arrives whole', async () => {
  order = {
    ...order,
    scenarios: ['autoscaling'],
    settings: {
      ...profiles.quick,
      autoscaling: { ...profiles.quick.autoscaling, rate: 20, seconds: 2, quietSeconds: 0.1 },
    },
  };
  await hand();
  expect(await mirror()).toMatchObject({ status: 'complete' });
  expect((await here('samples.jsonl')).trimEnd().split('\n')).toHaveLength(40);
  expect(await here('events.jsonl')).toContain('"kind":"lateness"');
});

test('a stop from here ends the run there in order', async () => {
  order = { ...order, profile: 'paper', settings: profiles.paper, scenarios: ['throughput'] };
  const stop = new AbortController();
  await hand();
  const mirrored = mirror(stop.signal);
  await expect
    .poll(async () => (await here('samples.jsonl').catch(() => '')).length, { timeout: 30_000 })
    .toBeGreaterThan(1000);
  expect(cluster.replicas.get('openfaas/alertmanager')).toBe(0);
  stop.abort();
  expect(await mirrored).toMatchObject({ status: 'stopped' });
  expect(cluster.replicas.get('openfaas/alertmanager')).toBe(1);
});

test('a run that cannot begin says why', async () => {
  order = {
    ...order,
    targets: order.targets.map((target) => ({ ...target, deployment: { namespace: 'a', name: 'b' } })),
  };
  await hand();
  expect(await mirror()).toMatchObject({
    status: 'failed',
    error: 'the cluster has no Deployment a/b',
  });
});
