import { expect, test } from 'vitest';
import { checkConfig } from './check.ts';

const least = { 'faceoff:architectures': '["server","serverless"]' };
const agent = { 'ngrok:authtoken': 'secret' };
const there = { 'image:name': 'a/b:1' };
const knative = { 'serverless:platform': 'knative' };
const used = { 'knative:install': 'false' };
const own = { 'openfaas:chartPath': 'test/cluster/chart' };

test.each<[string, Record<string, string>, string]>([
  ['image:repository', { ...there, 'image:repository': 'a/c' }, 'image:name is set'],
  ['image:delivery', { ...there, 'image:delivery': 'minikube-docker' }, 'image:name is set'],
  ['image:command', { ...there, 'image:command': 'true' }, 'image:name is set'],
  ['image:platform', { ...there, 'image:platform': 'linux/amd64' }, 'image:name is set'],
  ['image:base', { ...there, 'image:base': 'node:22' }, 'image:name is set'],
  ['image:command', { 'image:command': 'true' }, 'image:delivery is minikube; set that to command'],
  [
    'image:registryServer',
    { 'image:delivery': 'minikube-docker', 'image:registryServer': 'ghcr.io' },
    'image:delivery is minikube-docker; set that to registry',
  ],
  ['image:registryUsername', { 'image:registryUsername': 'me' }, 'image:delivery is minikube; set that to registry'],
  ['image:registryPassword', { 'image:registryPassword': 'x' }, 'image:delivery is minikube; set that to registry'],
  ['image:registryServer', { ...there, 'image:registryServer': 'ghcr.io' }, 'nothing is pushed there'],
  [
    'server:cpuTarget',
    { 'server:cpuTarget': '50' },
    'no autoscaler is made; set server:maxReplicas to more than server:replicas, 1',
  ],
  [
    'server:cpuTarget',
    { 'server:cpuTarget': '50', 'server:replicas': '2', 'server:maxReplicas': '2' },
    'no autoscaler is made; set server:maxReplicas to more than server:replicas, 2',
  ],
  ['openfaas:chartVersion', { ...own, 'openfaas:chartVersion': '13.0.0' }, 'openfaas:chartPath names the chart'],
  [
    'openfaas:chartRepository',
    { ...own, 'openfaas:chartRepository': 'oci://charts.example' },
    'openfaas:chartPath names the chart',
  ],
  ['openfaas:chartVersion', { ...knative, 'openfaas:chartVersion': '13.0.0' }, 'no function is on openfaas'],
  ['openfaas:license', { ...knative, 'openfaas:license': 'x' }, 'no function is on openfaas'],
  ['serverless:scaleFactor', { ...knative, 'serverless:scaleFactor': '50' }, 'no function is on openfaas'],
  ['serverless:scaleToZero', { ...knative, 'serverless:scaleToZero': '5' }, 'no function is on openfaas'],
  ['knative:target', { 'knative:target': '9' }, 'no function is on knative; add that'],
  ['knative:install', { 'knative:install': 'false' }, 'no function is on knative; add that'],
  ['hybrid:base', { 'hybrid:base': '2' }, 'faceoff:architectures has no hybrid; add that'],
  ['hybrid:platform', { 'hybrid:platform': 'knative' }, 'faceoff:architectures has no hybrid; add that'],
  [
    'knative:target',
    { 'knative:target': '9', 'hybrid:platform': 'openfaas', 'faceoff:architectures': '["hybrid"]' },
    'no function is on knative; set hybrid:platform to knative',
  ],
  [
    'openfaas:license',
    { 'openfaas:license': 'x', 'hybrid:platform': 'knative', 'faceoff:architectures': '["server", "hybrid"]' },
    'no function is on openfaas; set hybrid:platform to openfaas, or remove this',
  ],
  ['knative:version', { ...knative, ...used, 'knative:version': '1.18.0' }, 'knative:install is false'],
  [
    'knative:version',
    { ...knative, 'knative:version': '1.18.0', 'knative:manifests': '["https://a.example/b.yaml"]' },
    'knative:manifests names the manifests',
  ],
  ['knative:domain', { ...knative, ...used, 'knative:domain': 'a.example' }, 'knative:install is false'],
  ['openfaas:license', { 'openfaas:license': 'x' }, 'openfaas:edition is mit; set that to pro'],
  [
    'exposure:host',
    { 'exposure:service': 'ClusterIP', 'exposure:host': 'node.example' },
    'exposure:service is ClusterIP; set that to NodePort',
  ],
  ['ngrok:image', { 'ngrok:image': 'ngrok/ngrok:4' }, 'no agent is made without ngrok:authtoken'],
  [
    'ngrok:serverDomain',
    { ...agent, 'faceoff:architectures': '["serverless"]', 'ngrok:serverDomain': 'a.example' },
    'faceoff:architectures has no server; add that',
  ],
  [
    'ngrok:gatewayDomain',
    { ...agent, 'faceoff:architectures': '["server"]', 'ngrok:gatewayDomain': 'a.example' },
    'faceoff:architectures has no serverless; add that',
  ],
])('%s in %j has no effect, which is told with what would give it one', (key, config, why) => {
  expect(() => checkConfig({ ...least, ...config })).toThrow(`${key}: it has no effect, since ${why}`);
});

test.each<[string, Record<string, string>]>([
  ['an image that is there', there],
  ['what a command has pushed', { 'image:delivery': 'command', 'image:command': 'true' }],
])('credentials to pull %s have an effect', (_, image) => {
  const registry = { 'image:registryServer': 'ghcr.io', 'image:registryUsername': 'me', 'image:registryPassword': 'x' };
  expect(() => checkConfig({ ...least, ...image, ...registry })).not.toThrow();
});

test('what has no effect is not asked to be completed', () => {
  const check = () => checkConfig({ ...least, 'image:registryUsername': 'me' });
  expect(check).toThrow(/^the stack's configuration is wrong:\n {2}image:registryUsername: it has no effect.*$/);
});
