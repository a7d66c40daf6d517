import * as pulumi from '@pulumi/pulumi';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { BenchmarkArgs } from './benchmark.ts';
import { Benchmark } from './benchmark.ts';

interface Made {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

let made: Made[];
beforeEach(() => {
  made = [];
});
beforeAll(async () => {
  const found = { folder: 'results/a', report: 'results/a/report.html', status: 'complete', summary: { verdict: 'v' } };
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
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

const args: BenchmarkArgs = {
  targets: [
    pulumi.output({
      name: 'server',
      architecture: 'server' as const,
      url: 'http://127.0.0.1:1/',
      deployment: { namespace: 'faceoff', name: 'server' },
      scalable: false,
      minReplicas: 1,
    }),
  ],
  cluster: { context: 'minikube' },
  profile: 'quick',
  scenarios: [],
  seed: 1,
  results: 'results',
  name: 'dev',
  autoscaling: { rate: 10, seconds: 150, quietSeconds: 30 },
  image: { name: 'classifier:1', digest: pulumi.output('sha256:1') },
  token: 'again',
};

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));

test('what the benchmark is told reaches its script, which is named by its path in the project', async () => {
  const benchmark = new Benchmark('benchmark', args, {});
  await value(benchmark.report);
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
  const { folder, report, status, summary } = new Benchmark('benchmark', args, {});
  expect(await Promise.all([folder, report, status].map(value))).toEqual([
    'results/a',
    'results/a/report.html',
    'complete',
  ]);
  expect(await value(summary)).toEqual({ verdict: 'v' });
});

test('it runs after what it depends on', async () => {
  const other = new pulumi.ComponentResource('test:Other', 'other');
  const late = new (class extends pulumi.CustomResource {
    constructor() {
      super('test:Late', 'late', {}, { parent: other });
    }
  })();
  await value(new Benchmark('benchmark', args, { dependsOn: [other] }).report);
  await value(late.id);
  const names = made.map(({ name }) => name);
  expect(names.indexOf('late')).toBeLessThan(names.lastIndexOf('benchmark'));
  expect(names).toContain('late');
});
