import { setTimeout as sleep } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BenchmarkArgs } from './benchmark.ts';
import { Benchmark } from './benchmark.ts';

interface Made {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

interface Rule {
  resources: string[];
  resourceNames?: string[];
  verbs: string[];
}

let made: Made[];
beforeEach(() => {
  made = [];
});
beforeAll(async () => {
  const found = { folder: 'results/a', report: 'results/a/report.html', status: 'complete', summary: { verdict: 'v' } };
  await pulumi.runtime.setMocks(
    {
      newResource: async ({ type, name, inputs }) => {
        if (name === 'late') await sleep(300);
        made.push({ type, name, inputs });
        return { id: 'id', state: { ...inputs, ...found } };
      },
      call: () => ({}),
    },
    'faceoff',
    'dev',
    false,
  );
});

const server = {
  name: 'server',
  architecture: 'server' as const,
  url: 'http://127.0.0.1:1/',
  deployment: { namespace: 'faceoff', name: 'server' },
  scalable: false,
  minReplicas: 1,
};

const args: BenchmarkArgs = {
  enabled: true,
  targets: [server],
  cluster: { context: 'minikube' },
  profile: 'quick',
  scenarios: [],
  objective: 'p95 < 200ms, errors < 1%',
  seed: 1,
  results: 'results',
  name: 'dev',
  autoscaling: { rate: 10, seconds: 150, quietSeconds: 30 },
  image: { name: 'classifier:1', digest: pulumi.output('sha256:1') },
  token: 'again',
  from: 'host',
};

const done = (benchmark: Benchmark) => value(pulumi.all([benchmark.run?.report, benchmark.job]));
const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));

test('what the benchmark is told reaches its script, which is named by its path in the project', async () => {
  await done(new Benchmark('benchmark', args, {}));
  const run = made.find(({ type }) => type.startsWith('pulumi-nodejs:'));
  expect(run?.inputs).toMatchObject({
    targets: [{ name: 'server', url: 'http://127.0.0.1:1/' }],
    image: { name: 'classifier:1', digest: 'sha256:1' },
    token: 'again',
  });
  expect(run?.inputs['__provider']).toContain('cli/benchmark-main.ts');
  expect(JSON.stringify(run?.inputs)).not.toContain(process.cwd());
});

test('its outputs are those of its run', async () => {
  const { run } = new Benchmark('benchmark', args, {});
  if (run === undefined) throw new Error('no run');
  expect(await Promise.all([run.folder, run.report, run.status].map(value))).toEqual([
    'results/a',
    'results/a/report.html',
    'complete',
  ]);
  expect(await value(run.summary)).toEqual({ verdict: 'v' });
});

test('it runs after what it depends on', async () => {
  const other = new pulumi.ComponentResource('test:Other', 'other');
  const late = new (class extends pulumi.CustomResource {
    constructor() {
      super('test:Late', 'late', {}, { parent: other });
    }
  })();
  await done(new Benchmark('benchmark', args, { dependsOn: [other] }));
  await value(late.id);
  const names = made.map(({ name }) => name);
  expect(names.indexOf('late')).toBeLessThan(names.lastIndexOf('benchmark'));
  expect(names).toContain('late');
});

describe('with the load from a Job', () => {
  const hpa = { kind: 'hpa' as const, namespace: 'faceoff', name: 'server', min: 1, max: 3 };
  const alertmanager = { kind: 'alertmanager' as const, namespace: 'openfaas', name: 'alertmanager' };
  const target = { ...server, serviceUrl: 'http://server.faceoff.svc:8080/' };
  const targets = [
    { ...target, autoscaler: hpa },
    { ...target, name: 'serverless', autoscaler: alertmanager },
  ];
  const ofType = (type: string) => made.filter((each) => each.type.endsWith(`:${type}`));

  test('its account may read, watch and scale the targets, and nothing else', async () => {
    await done(new Benchmark('benchmark', { ...args, targets, from: 'job' }, {}));
    const granted = ofType('Role').map(({ inputs }) => {
      const { metadata, rules } = inputs as { metadata: { namespace: string }; rules: Rule[] };
      return rules.map(({ resources, resourceNames = ['*'], verbs }) =>
        [metadata.namespace, resources, resourceNames, verbs.join()].join(' '),
      );
    });
    const deployment = (namespace: string, name: string) => [
      `${namespace} deployments ${name} get,list,watch`,
      `${namespace} deployments/scale ${name} get,patch`,
      `${namespace} pods,events * list,watch`,
    ];
    expect(granted.toSorted()).toEqual(
      [
        deployment('faceoff', 'server'),
        ['faceoff horizontalpodautoscalers server get,patch'],
        deployment('faceoff', 'server'),
        deployment('openfaas', 'alertmanager'),
      ].toSorted(),
    );
    expect(ofType('RoleBinding')).toHaveLength(4);
    expect(ofType('ClusterRole')).toEqual([]);
  });

  test('of a hybrid it may change the router, and scale the function too', async () => {
    const hybrid = {
      ...target,
      hybrid: {
        router: { namespace: 'faceoff-hybrid', name: 'router' },
        function: { namespace: 'openfaas-fn', name: 'overflow', scalable: true },
        measured: true,
      },
    };
    await done(new Benchmark('benchmark', { ...args, targets: [hybrid], from: 'job' }, {}));
    const rules = ofType('Role').flatMap(({ inputs }) => (inputs as { rules: Rule[] }).rules);
    const verbs = (resource: string, name: string) =>
      rules
        .filter(({ resources, resourceNames }) => resources.includes(resource) && resourceNames?.includes(name))
        .flatMap((rule) => rule.verbs);
    expect(verbs('deployments', 'router')).toContain('patch');
    expect(verbs('deployments', 'overflow')).not.toContain('patch');
    expect(verbs('deployments/scale', 'overflow')).toContain('patch');
  });

  test('its namespace refuses pods that are less strict, and lets nobody in', async () => {
    await done(new Benchmark('benchmark', { ...args, targets, from: 'job' }, {}));
    expect(ofType('Namespace')[0]?.inputs).toMatchObject({
      metadata: { name: 'faceoff-benchmark', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
    expect(ofType('NetworkPolicy')[0]?.inputs['spec']).toEqual({ podSelector: {}, policyTypes: ['Ingress'] });
  });

  test('the run is told where, and as whom, after all of that is there', async () => {
    const pullSecretIn = () => pulumi.output('registry');
    await done(new Benchmark('benchmark', { ...args, targets, from: 'job', pullSecretIn }, {}));
    const last = made.at(-1);
    expect(last?.inputs['job']).toEqual({
      stack: 'dev',
      image: 'classifier:1',
      namespace: 'faceoff-benchmark',
      serviceAccount: 'faceoff-benchmark',
      pullSecret: 'registry',
    });
  });

  test('a target without an autoscaler needs no grant for one', async () => {
    await done(new Benchmark('benchmark', { ...args, targets: [target], from: 'job' }, {}));
    expect(ofType('Role').map(({ name }) => name)).toEqual(['faceoff-benchmark-target-0']);
  });

  test('from this machine, nothing of that is made', async () => {
    await done(new Benchmark('benchmark', { ...args, targets }, {}));
    expect(made.map(({ type }) => type)).not.toContainEqual(expect.stringMatching(/^kubernetes:/));
    expect(made.at(-1)?.inputs).not.toHaveProperty('job');
  });

  test('the place is there for a later run when none is made now', async () => {
    const { run, job } = new Benchmark('benchmark', { ...args, targets, from: 'job', enabled: false }, {});
    expect(run).toBeUndefined();
    expect(await value(pulumi.output(job))).toMatchObject({ namespace: 'faceoff-benchmark', image: 'classifier:1' });
  });
});
