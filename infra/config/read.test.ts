import * as pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { readStackConfig } from './read.ts';

function read(config: Record<string, string>) {
  pulumi.runtime.setAllConfig({ 'faceoff:architectures': '["server"]', ...config });
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

test('passwords, tokens and licences are secrets, however they are kept', async () => {
  const { image, ngrok, openfaas } = read({
    'image:registryServer': '127.0.0.1:5000',
    'image:registryUsername': 'me',
    'image:registryPassword': 'a',
    'ngrok:authtoken': 'b',
    'openfaas:license': 'c',
  });
  const values = [image.registry?.credentials?.password, ngrok?.authtoken, openfaas.license];
  expect(await Promise.all(values.map(isSecret))).toEqual([true, true, true]);
});

test.each([
  ['the content of a kubeconfig', 'apiVersion: v1\nkind: Config\n', true],
  ['its content as JSON', '{"apiVersion":"v1"}', true],
  ['its path', '~/.kube/config', false],
])('%s is a secret: %s: %s', async (_, kubeconfig, secret) => {
  expect(await isSecret(read({ 'kubernetes:kubeconfig': kubeconfig }).kubernetes.kubeconfig)).toBe(secret);
});
