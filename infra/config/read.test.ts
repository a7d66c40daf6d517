import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readStackConfig } from './read.ts';

function read(config: Record<string, string>, secrets: string[] = []) {
  pulumi.runtime.setAllConfig({ 'faceoff:architectures': '["server"]', ...config }, secrets);
  return readStackConfig();
}

async function isSecret(value: unknown): Promise<boolean> {
  return pulumi.Output.isInstance(value) && (await pulumi.isSecret(value));
}

test('one key is enough: no registry, no ngrok, as many servers at most as at least', () => {
  const config = read({ 'server:replicas': '3' });
  expect(config.architectures).toEqual(['server']);
  expect(config.namespace).toBe('faceoff');
  expect(config.server).toEqual({ replicas: 3, maxReplicas: 3, cpuTarget: 70 });
  expect(config.kubernetes).toEqual({});
  expect(config.image).toEqual({ repository: 'faceoff/classifier', delivery: 'minikube' });
  expect(config).not.toHaveProperty('ngrok');
});

test.each([
  [{}, 'mit'],
  [{ 'openfaas:chartVersion': '11.1.0' }, 'mit'],
  [{ 'openfaas:chartVersion': '13.0.0' }, 'ce'],
  [{ 'openfaas:edition': 'pro', 'openfaas:license': 'x' }, 'pro'],
])('the edition of %j is %s', (config, edition) => {
  expect(read(config).openfaas.edition).toBe(edition);
});

describe('a chart in a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faceoff-chart-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const chart = (content: string) => writeFile(join(folder, 'Chart.yaml'), content);

  test.each([
    ['12.0.0-test', 'mit'],
    ['15.0.6', 'ce'],
  ])('of version %s is of the edition %s', async (version, edition) => {
    await chart(`apiVersion: v2\nname: openfaas\nversion: ${version}\n`);
    expect(read({ 'openfaas:chartPath': folder }).openfaas).toMatchObject({ edition, chartPath: folder });
  });

  test.each([
    ['no version', 'name: openfaas\n'],
    ['another thing for a version', 'version: [1]\n'],
    ['no YAML', 'version: "1\n'],
  ])('with %s in its Chart.yaml is refused', async (_, content) => {
    await chart(content);
    expect(() => read({ 'openfaas:chartPath': folder })).toThrow(
      `openfaas:chartPath = ${folder}: it must be the folder of a chart, whose Chart.yaml has its version`,
    );
  });

  test('that is not there is refused', () => {
    expect(() => read({ 'openfaas:chartPath': join(folder, 'none') })).toThrow('it must be the folder of a chart');
  });
});

test('the Service of an ingress is read as its namespace and name', () => {
  const { knative } = read({ 'serverless:platform': 'knative', 'knative:ingressService': 'traefik/web' });
  expect(knative.ingressService).toEqual({ namespace: 'traefik', name: 'web' });
});

test('passwords, tokens and licences are secrets, however they are kept', async () => {
  const { image, ngrok, openfaas } = read({
    'image:delivery': 'registry',
    'image:registryServer': '127.0.0.1:5000',
    'image:registryUsername': 'me',
    'image:registryPassword': 'a',
    'ngrok:authtoken': 'b',
    'openfaas:edition': 'pro',
    'openfaas:license': 'c',
  });
  const values = [image.registry?.credentials?.password, ngrok?.authtoken, openfaas.license];
  expect(await Promise.all(values.map(isSecret))).toEqual([true, true, true]);
});

test('what may be a secret is one when it was set so, and plain else', async () => {
  const config = {
    'kubernetes:kubeconfig': '~/.kube/config',
    'openfaas:values': '{"gateway":{"replicas":2}}',
    'image:delivery': 'command',
    'image:command': 'load',
  };
  const kept = async (secrets: string[]) => {
    const { kubernetes, openfaas, image } = read(config, secrets);
    return Promise.all([kubernetes.kubeconfig, openfaas.values, image.command].map(isSecret));
  };
  expect(await kept(['kubernetes:kubeconfig', 'openfaas:values', 'image:command'])).toEqual([true, true, true]);
  expect(await kept([])).toEqual([false, false, false]);
});

test.each([
  ['the content of a kubeconfig', 'apiVersion: v1\nkind: Config\n', true],
  ['its content as JSON', '{"apiVersion":"v1"}', true],
  ['its path', '~/.kube/config', false],
])('%s is a secret: %s: %s', async (_, kubeconfig, secret) => {
  expect(await isSecret(read({ 'kubernetes:kubeconfig': kubeconfig }).kubernetes.kubeconfig)).toBe(secret);
});
