import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ClusterDouble } from '../infra/kubernetes/api/test-double/cluster.ts';
import { type Endpoint, startEndpoint } from './double/endpoint.ts';
import { interrupt, startFaceoff } from './process.ts';

let folder: string;
let cluster: ClusterDouble;
let endpoint: Endpoint;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faceoff-bench-'));
  cluster = await ClusterDouble.start('faceoff/server', 'openfaas/alertmanager');
  endpoint = await startEndpoint();
  await writeFile(join(folder, 'kubeconfig'), cluster.kubeconfig);
});
afterEach(async () => {
  await Promise.all([cluster.close(), endpoint.close(), rm(folder, { recursive: true })]);
});

/** Puts a program that stands in for Pulumi's command on the PATH: it prints what it was asked, then acts as told. */
async function bench(pulumi: string, ...args: string[]) {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'pulumi'), `#!/bin/sh\necho "$@" > "${folder}/asked"\n${pulumi}\n`);
  await chmod(join(bin, 'pulumi'), 0o755);
  return startFaceoff(['bench', ...args], { PATH: `${bin}:/usr/bin:/bin` });
}

const settings = {
  profile: 'quick',
  scenarios: ['latency'],
  seed: 7,
  autoscaling: { rate: 20, seconds: 1, quietSeconds: 0 },
};

const outputs = (changes: object = {}) =>
  `cat <<'END'\n${JSON.stringify({
    targets: [
      {
        name: 'server',
        architecture: 'server',
        url: endpoint.url,
        deployment: { namespace: 'faceoff', name: 'server' },
        scalable: false,
        minReplicas: 1,
        autoscaler: { kind: 'alertmanager', namespace: 'openfaas', name: 'alertmanager' },
      },
    ],
    cluster: { kubeconfig: join(folder, 'kubeconfig') },
    benchmark: { ...settings, results: join(folder, 'results') },
    imageDigest: 'sha256:1',
    ...changes,
  })}\nEND`;

const latest = (name: string): Promise<string> => readFile(join(folder, 'results', 'latest', name), 'utf8');

test('what a stack has made is measured, by the load that its configuration names', async () => {
  const { finished } = await bench(outputs(), '--stack', 'organization/faceoff/dev', '--scenario', 'autoscaling');
  const { code, stdout, stderr } = await finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^Report: .*report\.html$/);
  expect(await readFile(join(folder, 'asked'), 'utf8')).toBe(
    'stack output --json --non-interactive --stack organization/faceoff/dev\n',
  );
  expect(JSON.parse(await latest('run.json'))).toMatchObject({
    name: 'dev',
    status: 'complete',
    scenarios: ['autoscaling'],
    settings: { autoscaling: { rate: 20, seconds: 1, quietSeconds: 0 } },
    deployment: { cluster: { version: 'v1.34.4' } },
  });
});

test('it is measured as the configuration says, where no option says otherwise', async () => {
  const photos = join(folder, 'photos');
  await mkdir(photos);
  await writeFile(join(photos, 'mine.jpg'), 'a');
  const told = outputs({ benchmark: { ...settings, photos, results: join(folder, 'results') } });
  const { finished } = await bench(told, '--stack', 'dev', '--seed', '8');
  expect((await finished).stderr).toBe('');
  expect(JSON.parse(await latest('run.json'))).toMatchObject({
    profile: 'quick',
    scenarios: ['latency'],
    seed: 8,
    photos: [{ name: 'mine.jpg' }],
  });
});

test('a scenario file counts for more than the configuration, and an option for more than the file', async () => {
  const file = join(folder, 'mine.yaml');
  await writeFile(
    file,
    'name: mine\nobjective: p99 < 1s\nseed: 9\nscenarios: { autoscaling: { rate: 10, seconds: 2, quietSeconds: 0 } }\n',
  );
  const told = outputs({ benchmark: { ...settings, objective: 'p95 < 2s', results: join(folder, 'results') } });
  const { stderr } = await (await bench(told, '--stack', 'dev', '--file', file, '--seed', '8')).finished;
  expect(stderr).toBe('');
  expect(JSON.parse(await latest('run.json'))).toMatchObject({
    name: 'mine',
    scenarios: ['autoscaling'],
    seed: 8,
    settings: { autoscaling: { rate: 10, seconds: 2 }, objective: { quantile: 0.99, latencyMs: 1000 } },
  });
});

test('a scenario file that names targets is refused: a stack has its own', async () => {
  const file = join(folder, 'mine.yaml');
  await writeFile(file, 'targets: { mine: "http://127.0.0.1:1/" }\n');
  const { code, stderr } = await (await bench(outputs(), '--stack', 'dev', '--file', file)).finished;
  expect(stderr).toContain('remove targets from the scenario file');
  expect([code, endpoint.received.length]).toEqual([2, 0]);
});

test('a check that fails fails the command, and stands in the report and in the JUnit file', async () => {
  const junit = join(folder, 'checks.xml');
  const checks = ['--fail-if', 'median > 0ms', '--fail-if', 'errors > 1%', '--junit', junit];
  const { code, stderr } = await (await bench(outputs(), '--stack', 'dev', ...checks)).finished;
  expect(stderr).toContain('check failed: fails if latency.median > 0 ms; server: ');
  expect(stderr).toContain('check passed: fails if errors > 1 %; server: ');
  expect(code).toBe(1);
  expect(await readFile(junit, 'utf8')).toContain('<failure type="limit"');
  expect(await latest('report.md')).toContain('| latency.median \\> 0 ms | server | failed |');
});

test('a check that the stack cannot tell is refused before anything is sent', async () => {
  const { code, stderr } = await (await bench(outputs(), '--stack', 'dev', '--fail-if', 'rate < 1/s')).finished;
  expect(stderr).toContain('needs the scenario throughput');
  expect([code, endpoint.received.length]).toEqual([2, 0]);
});

test('a load from within the cluster is put by a Job, for which there must be a way there', async () => {
  const job = { stack: 'dev', namespace: 'faceoff-benchmark', serviceAccount: 'me', image: 'classifier:1' };
  const told = outputs({ benchmark: { ...settings, results: join(folder, 'results'), job } });
  const { stdout, stderr, code } = await (await bench(told, '--stack', 'dev')).finished;
  expect({ stderr, code }).toEqual({
    stderr: 'faceoff: target server has no address within the cluster\n',
    code: 1,
  });
  expect(stdout + endpoint.received.length).toBe('0');
});

test('a kubeconfig that is a secret is asked for, and not told', async () => {
  const plain = outputs({ cluster: { kubeconfig: cluster.kubeconfig } });
  const hidden = outputs({ cluster: { kubeconfig: '[secret]' } });
  const pulumi = `case "$*" in *--show-secrets*) ${plain}\n;; *) ${hidden}\n;; esac`;
  const { finished } = await bench(pulumi, '--stack', 'dev', '--scenario', 'latency');
  const { code, stdout, stderr } = await finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout + (await latest('run.json'))).not.toContain('current-context');
});

test('Ctrl-C keeps the samples so far, reports them, and lets the autoscaler act again', async () => {
  const { child, finished } = await bench(
    outputs(),
    '--stack',
    'dev',
    '--scenario',
    'throughput',
    '--profile',
    'paper',
  );
  const samples = async () => (await latest('samples.jsonl').catch(() => '')).split('\n').length;
  await expect.poll(samples, { timeout: 60_000 }).toBeGreaterThan(100);
  expect(cluster.replicas.get('openfaas/alertmanager')).toBe(0);
  interrupt(child);
  const { code, stdout } = await finished;
  expect(code).toBe(130);
  expect(stdout).toContain('Report: ');
  expect(JSON.parse(await latest('run.json'))).toMatchObject({ status: 'stopped' });
  expect(cluster.replicas.get('openfaas/alertmanager')).toBe(1);
});

test.each([
  ['a stack that is not there', `echo "error: no stack named 'dev' found" >&2; exit 255`, "no stack named 'dev' found"],
  [
    'a stack that is not up',
    'echo {}',
    'stack dev does not tell its targets, cluster, benchmark: run `pulumi up --stack dev` first',
  ],
  ['an answer that is no JSON', 'echo hello', 'pulumi stack output printed something else than JSON'],
])('%s is told in a line', async (_, pulumi, told) => {
  const { code, stderr } = await (await bench(pulumi, '--stack', 'dev')).finished;
  expect(stderr).toBe(`faceoff: ${told}\n`);
  expect(code).toBe(1);
});

test('a machine without Pulumi is told where it comes from', async () => {
  const { code, stderr } = await startFaceoff(['bench', '--stack', 'dev'], { PATH: folder }).finished;
  expect(stderr).toBe('faceoff: there is no pulumi command: install it (https://www.pulumi.com/docs/install/)\n');
  expect(code).toBe(1);
});

test('without a stack the usage is wrong', async () => {
  const { code, stderr } = await startFaceoff(['bench']).finished;
  expect(stderr).toContain("required option '--stack <name>' not specified");
  expect(code).toBe(2);
});
