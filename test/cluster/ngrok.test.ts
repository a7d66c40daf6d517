import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildOnNode } from './node-image.ts';
import { prepareChart } from './openfaas-chart.ts';
import { clusterObjects, Stack } from './stack.ts';

let stack: Stack;
let before: string[];

interface Outputs {
  urls: { server: string; serverless: string; gateway: string };
}

const image = 'faceoff/test-ngrok:3';
const setToken = (token: string) => stack.pulumi('config', 'set', '--secret', 'ngrok:authtoken', token);

beforeAll(async () => {
  await buildOnNode(image, fileURLToPath(new URL('./ngrok', import.meta.url)));
  stack = await Stack.create('dev', {
    'openfaas:chartPath': await prepareChart(),
    'benchmark:enabled': false,
    'ngrok:image': image,
    'ngrok:gatewayDomain': 'gateway.example',
  });
  before = await clusterObjects(stack);
});
afterAll(() => stack?.dispose());

test('with a token, the URLs that the agents tell are the outputs', async () => {
  await setToken('right');
  const made = await stack.up();
  expect(made.succeeded, made.log).toBe(true);
  const { urls } = await stack.outputs<Outputs>();
  expect(urls.server).toMatch(/^https:\/\/[0-9a-f]{12}\.ngrok\.example\/$/);
  expect(urls.gateway).toBe('https://gateway.example');
  expect(urls.serverless).toBe('https://gateway.example/function/classifier');
});

test('nothing is reached from outside the cluster but through the agents', async () => {
  const types = await stack.kubectl(
    'get',
    'services',
    '--all-namespaces',
    '--output',
    'jsonpath={.items[*].spec.type}',
  );
  expect(new Set(types.split(' '))).toEqual(new Set(['ClusterIP']));
});

test('a second update changes nothing', async () => {
  const again = await stack.up('--expect-no-changes');
  expect(again.succeeded, again.log).toBe(true);
});

test('the token is in no plain state, output or manifest', async () => {
  expect(await stack.export()).not.toContain('"right"');
  expect(JSON.stringify(await stack.outputs())).not.toContain('"right"');
  const pods = await stack.kubectl('get', 'pods,deployments,configmaps', '--all-namespaces', '--output', 'json');
  expect(pods).not.toContain('"right"');
});

test('an agent that starts again has another URL, which a refresh reads and the next update puts out', async () => {
  const { urls } = await stack.outputs<Outputs>();
  await stack.kubectl('--namespace', 'faceoff', 'delete', 'pods', '--all');
  await stack.kubectl('--namespace', 'faceoff', 'rollout', 'status', 'deployment/server');
  const refreshed = await stack.refresh();
  expect(refreshed.succeeded, refreshed.log).toBe(true);
  const again = await stack.up();
  expect(again.succeeded, again.log).toBe(true);
  const now = (await stack.outputs<Outputs>()).urls;
  expect(now.server).toMatch(/^https:\/\/[0-9a-f]{12}\.ngrok\.example\/$/);
  expect(now.server).not.toBe(urls.server);
  expect(now.gateway).toBe(urls.gateway);
});

test('an agent that is gone keeps its URL through a refresh', async () => {
  const { urls } = await stack.outputs<Outputs>();
  const inOpenfaas = (...args: string[]) => stack.kubectl('--namespace', 'openfaas', ...args);
  await inOpenfaas('scale', 'deployment/gateway-ngrok', '--replicas=0');
  await inOpenfaas('wait', '--for=delete', 'pods', '--selector=app.kubernetes.io/name=gateway-ngrok');
  const refreshed = await stack.refresh();
  expect(refreshed.succeeded, refreshed.log).toBe(true);
  const again = await stack.up();
  expect(again.succeeded, again.log).toBe(true);
  expect((await stack.outputs<Outputs>()).urls).toEqual(urls);
});

test('another domain is another output', async () => {
  await stack.configure({ 'ngrok:gatewayDomain': 'other.example' });
  const previewed = await stack.preview();
  expect(previewed.succeeded, previewed.log).toBe(true);
  const changed = await stack.up();
  expect(changed.succeeded, changed.log).toBe(true);
  expect((await stack.outputs<Outputs>()).urls.gateway).toBe('https://other.example');
});

test('destroy leaves the cluster as it was', async () => {
  const destroyed = await stack.destroy();
  expect(destroyed.succeeded, destroyed.log).toBe(true);
  expect(await clusterObjects(stack)).toEqual(before);
});
