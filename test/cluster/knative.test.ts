import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { photoClasses } from '../../app/test/pictures.ts';
import { readPhotos } from '../../bench/index.ts';
import { prepareKnative } from './knative/prepare.ts';
import { underLoad } from './load.ts';
import { prepareChart } from './openfaas-chart.ts';
import { clusterObjects, Stack, type Update } from './stack.ts';

let stack: Stack;
let folder: string;
let before: string[];

interface Outputs {
  targets: { url: string; host: string; deployment: { namespace: string; name: string } }[];
  report: string;
}

const target = async () => {
  const [first] = (await stack.outputs<Outputs>()).targets;
  if (first === undefined) throw new Error('the stack has no target');
  return first;
};

const summary = async () => {
  const { report } = await stack.outputs<Outputs>();
  return JSON.parse(await readFile(join(stack.folder, report, '../summary.json'), 'utf8'));
};

const events = async (): Promise<{ kind: string; scenario?: string; desired?: number }[]> => {
  const { report } = await stack.outputs<Outputs>();
  const text = await readFile(join(stack.folder, report, '../events.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
};

/** Sends the photo `bird.jpg` as the benchmark does, by the name that the ingress knows. */
async function call({ url, host }: { url: string; host: string }): Promise<Response> {
  const body = (await readPhotos()).find(({ name }) => name === 'bird.jpg')?.bytes ?? null;
  const answer = await request(url, { method: 'POST', headers: { host }, body, headersTimeout: 60_000 });
  return new Response(await answer.body.text(), { status: answer.statusCode });
}

// What it needs takes a while to build.
describe.skipIf(process.env['KNATIVE'] !== 'true')('the function on Knative (set KNATIVE=true)', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faceoff-knative-'));
    stack = await Stack.create('knative', {
      'knative:manifests': await prepareKnative(folder),
      'knative:ingressClass': 'traefik.ingress.networking.knative.dev',
      'knative:ingressService': 'traefik/traefik',
      'serverless:minReplicas': 0,
      'knative:window': 6,
      // Five requests a second ask for five replicas, and are no more than one can answer.
      'knative:target': 1,
      // Beside Knative's own programs a node of two cores has room for five of these.
      'classifier:cpu': '200m',
      'benchmark:scenarios': ['latency', 'cold-start', 'autoscaling'],
      'benchmark:rate': 5,
      'benchmark:loadSeconds': 60,
      // A window and the grace period of these manifests, 6 s each, and the end of five pods on a busy node.
      'benchmark:quietSeconds': 60,
    });
    before = await clusterObjects(stack);
  });
  afterAll(async () => {
    await stack?.dispose();
    await rm(folder, { recursive: true });
  });

  test('one update installs Knative, makes the function, benchmarks it, and writes the report', async () => {
    const made = await stack.up('--policy-pack', 'policy');
    expect(made.succeeded, made.log).toBe(true);
    const { targets } = await summary();
    expect(targets.map(({ name, failed }: { name: string; failed: boolean }) => [name, failed])).toEqual([
      ['serverless', false],
    ]);
  });

  test('the function classifies a photo', async () => {
    const answer = await call(await target());
    expect(answer.status).toBe(200);
    const { top } = (await answer.json()) as { top: unknown[] };
    const expected = process.env['MODEL_DIR'] === undefined ? {} : photoClasses['bird.jpg'];
    expect(top[0]).toMatchObject(expected);
  });

  test('it starts from no replica', async () => {
    const [{ coldStart }] = (await summary()).targets;
    expect(coldStart.succeeded).toBeGreaterThan(0);
    expect(coldStart.warm).toBe(0);
  });

  test('load makes five replicas, and quiet none', async () => {
    const [{ autoscaling }] = (await summary()).targets;
    const wanted = (await events()).flatMap(({ kind, scenario, desired }) =>
      kind === 'replicas' && scenario === 'autoscaling' ? [Number(desired)] : [],
    );
    expect(Math.max(...wanted)).toBe(5);
    // On a busy machine a sixth was seen ready for a fifth of a second.
    expect(autoscaling.peakReplicas).toBeGreaterThanOrEqual(5);
    expect(wanted.at(-1)).toBe(0);
    expect(autoscaling.replicas.at(-1).value).toBe(0);
  });

  test('a second update neither changes nor benchmarks anything', async () => {
    const again = await stack.up('--expect-no-changes');
    expect(again.succeeded, again.log).toBe(true);
  });

  test('another environment is rolled out as a new revision under load, without a failed request', async () => {
    const to = await target();
    await stack.configure({ 'classifier:env': { MARK: 'one' }, 'benchmark:enabled': false });
    let changed: Update | undefined;
    const { answered, failures } = await underLoad(
      () => call(to),
      async () => {
        changed = await stack.up();
      },
    );
    expect(changed?.succeeded, changed?.log).toBe(true);
    expect(answered).toBeGreaterThan(50);
    expect(failures).toEqual([]);
    expect((await target()).deployment.name).not.toBe(to.deployment.name);
  });

  test('beside it stand a server and a function on OpenFaaS, measured in one run', async () => {
    // Pulumi takes a list of this key from the file alone.
    await stack.edit('Pulumi.knative.yaml', (text) => text.replace('- serverless', '- server\n    - serverless'));
    await stack.configure({
      'serverless:platform': ['openfaas', 'knative'],
      // OpenFaaS has no fewer.
      'serverless:minReplicas': 1,
      'openfaas:chartPath': await prepareChart(),
      'benchmark:enabled': true,
      'benchmark:scenarios': ['latency', 'throughput', 'cold-start'],
    });
    const made = await stack.up();
    expect(made.succeeded, made.log).toBe(true);
    const { targets } = await summary();
    expect(targets.map(({ name, failed }: { name: string; failed: boolean }) => [name, failed])).toEqual([
      ['server', false],
      ['openfaas', false],
      ['knative', false],
    ]);
    const { report } = await stack.outputs<Outputs>();
    const page = await readFile(join(stack.folder, report), 'utf8');
    expect(page).toContain('What each platform adds');
  });

  test('destroy leaves the cluster as it was', async () => {
    const destroyed = await stack.destroy();
    expect(destroyed.succeeded, destroyed.log).toBe(true);
    expect(await clusterObjects(stack)).toEqual(before);
  });
});
