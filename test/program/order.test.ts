import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineDouble } from '../../infra/kubernetes/test-double/engine.ts';
import { makeStack, stackFile } from './made-stack.ts';

let dev: EngineDouble;
let registry: EngineDouble;

beforeAll(async () => {
  const host = { ...stackFile('dev'), 'exposure:host': '127.0.0.1' };
  dev = (await makeStack('dev', { ...host, 'ngrok:authtoken': 'a' }, ['ngrok:authtoken'])).engine;
  const pushed = {
    'image:delivery': 'registry',
    'image:registryServer': '127.0.0.1:5000',
    'image:registryUsername': 'me',
    'image:registryPassword': 'a',
    'benchmark:from': 'job',
  };
  registry = (await makeStack('dev', { ...host, ...pushed }, ['image:registryPassword'])).engine;
});

/** `Deployment server` for the URN of a resource. */
const short = (urn: string) => urn.replace(/^.*[:/](\w+)::(.+)$/, '$1 $2');

/** What is there before a resource, directly or by what that waits for. */
function waitedFor(engine: EngineDouble, resource: string): string[] {
  const made = new Map(engine.resources.map((each) => [each.urn, each]));
  const found = new Set<string>();
  const follow = (urn: string) => {
    for (const next of made.get(urn)?.dependencies ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      follow(next);
    }
  };
  const start = engine.resources.find(({ type, urn }) => short(urn) === resource && !type.startsWith('faceoff:'));
  if (start === undefined) throw new Error(`no ${resource} is made`);
  follow(start.urn);
  return [...found].map(short);
}

describe('what is there first', () => {
  test.each([
    ['the image is built before it is delivered', 'ImageDelivery classifier', ['Image classifier']],
    [
      'the server waits for its image, and for who may reach it',
      'Deployment server',
      ['ImageDelivery classifier', 'NetworkPolicy default-deny', 'NetworkPolicy server', 'Namespace server'],
    ],
    [
      'the chart waits for its namespaces and the password',
      'Release openfaas',
      ['Namespace openfaas', 'Namespace openfaas-fn', 'Secret basic-auth', 'Password openfaas-password'],
    ],
    [
      'the function waits for the image and the gateway',
      'OpenFaasFunction function',
      ['ImageDelivery classifier', 'Release openfaas', 'NetworkPolicy functions'],
    ],
    [
      "a public URL is read when the agent's Deployment is there",
      'NgrokPublicUrl server-public-url',
      ['Deployment server'],
    ],
    ["so is the gateway's", 'NgrokPublicUrl gateway-public-url', ['Deployment gateway-ngrok']],
    [
      'the benchmark is last',
      'Benchmark benchmark',
      [
        'Deployment server',
        'PodDisruptionBudget server',
        'OpenFaasFunction function',
        'NgrokPublicUrl server-public-url',
        'NgrokPublicUrl gateway-public-url',
      ],
    ],
  ])('%s', (_, resource, first) => {
    expect(waitedFor(dev, resource)).toEqual(expect.arrayContaining(first));
  });

  test.each(['Deployment server', 'OpenFaasFunction function'])('%s waits for the Secret to pull its image', (each) => {
    expect(waitedFor(registry, each)).toEqual(expect.arrayContaining(['Image classifier', 'Secret registry']));
  });

  test('the benchmark waits for what its Job may do', () => {
    expect(waitedFor(registry, 'Benchmark benchmark')).toEqual(
      expect.arrayContaining([
        'RoleBinding faceoff-benchmark-target-0',
        'RoleBinding faceoff-benchmark-target-1',
        'NetworkPolicy faceoff-benchmark',
      ]),
    );
  });
});

test('the architectures do not wait for each other', () => {
  expect(waitedFor(dev, 'Deployment server').join()).not.toContain('openfaas');
  expect(waitedFor(dev, 'Release openfaas').join()).not.toContain('server');
});

test('every object has a component as its parent, and only the provider and the components stand by themselves', () => {
  for (const { resources } of [dev, registry]) {
    const types = new Map(resources.map(({ urn, type }) => [urn, type]));
    for (const { type, parent, urn } of resources) {
      if (type.startsWith('kubernetes:')) expect(types.get(parent), urn).toMatch(/^faceoff:kubernetes:/);
    }
  }
});

test('every object goes to the cluster of the configuration', () => {
  for (const { resources } of [dev, registry]) {
    const objects = resources.filter(({ type }) => type.startsWith('kubernetes:'));
    expect(new Set(objects.map(({ provider }) => provider?.replace(/^.*::(\w+)::.*$/, '$1')))).toEqual(
      new Set(['cluster']),
    );
  }
});
