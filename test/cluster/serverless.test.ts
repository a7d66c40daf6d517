import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPhotos } from '../../bench/index.ts';
import { testOpenfaasContract } from '../openfaas-contract.ts';
import { underLoad } from './load.ts';
import { prepareChart, realChart } from './openfaas-chart.ts';
import { clusterObjects, Stack, type Update } from './stack.ts';

let stack: Stack;
let before: string[];
/** As they are from the first update that succeeds on. */
let outputs: Outputs;

interface Outputs {
  urls: { serverless: string; gateway: string };
  imageName: string;
}

beforeAll(async () => {
  stack = await Stack.create('serverless', {
    'openfaas:chartPath': await prepareChart(),
    'benchmark:enabled': false,
  });
  before = await clusterObjects(stack);
});
afterAll(() => stack?.dispose());

async function call(): Promise<Response> {
  const [photo] = await readPhotos();
  const body = new Uint8Array(photo?.bytes ?? []);
  const { urls } = outputs;
  return fetch(urls.serverless, { method: 'POST', body, signal: AbortSignal.timeout(60_000) });
}

const deployment = (jsonpath: string) =>
  stack.kubectl('--namespace', 'openfaas-fn', 'get', 'deployment/classifier', '--output', `jsonpath=${jsonpath}`);

/** As a person would: the password is in the Secret that the program has made. */
async function password(): Promise<string> {
  const path = 'jsonpath={.data.basic-auth-password}';
  const coded = await stack.kubectl('--namespace', 'openfaas', 'get', 'secret/basic-auth', '--output', path);
  return Buffer.from(coded, 'base64').toString();
}

test('a chart that the cluster refuses fails the update, and the next one repairs it', async () => {
  await stack.configure({ 'openfaas:values': { gateway: { replicas: -1 } } });
  const failed = await stack.up();
  expect(failed.succeeded).toBe(false);
  expect(failed.log).toContain('spec.replicas');

  await stack.configure({ 'openfaas:values': {} });
  const repaired = await stack.up();
  expect(repaired.succeeded, repaired.log).toBe(true);
  outputs = await stack.outputs<Outputs>();
});

test('the function classifies a photo through the gateway', async () => {
  const answer = await call();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toHaveProperty('top');
});

test('a second update changes nothing', async () => {
  const again = await stack.up('--expect-no-changes');
  expect(again.succeeded, again.log).toBe(true);
});

test('the password is in no plain state', async () => {
  expect(await stack.export()).not.toContain(await password());
});

test('the first call after its replicas were taken away starts one', async () => {
  await stack.kubectl('--namespace', 'openfaas-fn', 'scale', 'deployment/classifier', '--replicas=0');
  await stack.kubectl('--namespace', 'openfaas-fn', 'wait', '--for=delete', 'pod', '-l', 'faas_function=classifier');
  expect((await call()).status).toBe(200);
});

test('another environment updates the function in place, without a failed request', async () => {
  const uid = await deployment('{.metadata.uid}');
  await stack.configure({ 'classifier:env': { MARK: 'one' } });
  let changed: Update | undefined;
  const { answered, failures } = await underLoad(call, async () => {
    changed = await stack.up();
  });
  expect(changed?.succeeded, changed?.log).toBe(true);
  expect(answered).toBeGreaterThan(50);
  expect(failures).toEqual([]);
  expect(await deployment('{.spec.template.spec.containers[0].env[?(@.name=="MARK")].value}')).toBe('one');
  expect(await deployment('{.metadata.uid}')).toBe(uid);
});

test('replicas are taken away under load without a failed call', async () => {
  const scale = (replicas: number) =>
    stack.kubectl('--namespace', 'openfaas-fn', 'scale', 'deployment/classifier', `--replicas=${replicas}`);
  await scale(3);
  await stack.kubectl('--namespace', 'openfaas-fn', 'rollout', 'status', 'deployment/classifier');
  const { answered, failures } = await underLoad(
    call,
    async () => {
      await scale(1);
      // The two that go still end.
      await sleep(20_000);
    },
    12,
  );
  const pods = await stack.kubectl('--namespace', 'openfaas-fn', 'get', 'pods', '--output', 'name');
  expect(pods.trim().split('\n')).toHaveLength(1);
  expect(answered).toBeGreaterThan(50);
  expect(failures).toEqual([]);
});

test('what somebody changed through the gateway is seen by a refresh, and put right by an update', async () => {
  const { urls, imageName } = outputs;
  const drift = { service: 'classifier', namespace: 'openfaas-fn', image: imageName, envVars: { MARK: 'another' } };
  const authorization = `Basic ${Buffer.from(`admin:${await password()}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  await fetch(`${urls.gateway}/system/functions`, { method: 'PUT', headers, body: JSON.stringify(drift) });
  const refreshed = await stack.refresh('--expect-no-changes');
  expect(refreshed.succeeded, refreshed.log).toBe(false);
  const righted = await stack.up();
  expect(righted.succeeded, righted.log).toBe(true);
  expect(await deployment('{.spec.template.spec.containers[0].env[?(@.name=="MARK")].value}')).toBe('one');
});

test('so is an environment variable alone that somebody changed in the cluster, which the gateway does not tell', async () => {
  await stack.kubectl('--namespace', 'openfaas-fn', 'set', 'env', 'deployment/classifier', 'MARK=another');
  const refreshed = await stack.refresh('--expect-no-changes');
  expect(refreshed.succeeded, refreshed.log).toBe(false);
  expect(await stack.export()).not.toContain(await password());
  const righted = await stack.up();
  expect(righted.succeeded, righted.log).toBe(true);
  expect(await deployment('{.spec.template.spec.containers[0].env[?(@.name=="MARK")].value}')).toBe('one');
  expect((await call()).status).toBe(200);
});

test('OpenFaaS that somebody deleted is missed by a refresh, and made again by an update', async () => {
  await stack.kubectl('delete', 'namespace', 'openfaas');
  const refreshed = await stack.refresh();
  expect(refreshed.succeeded, refreshed.log).toBe(true);
  const again = await stack.up();
  expect(again.succeeded, again.log).toBe(true);
  outputs = await stack.outputs<Outputs>();
  expect((await call()).status).toBe(200);
});

testOpenfaasContract(realChart === undefined ? 'the test chart' : 'OpenFaaS itself', async () => {
  const { urls, imageName } = outputs;
  const [photo] = await readPhotos();
  const gateway = {
    url: urls.gateway,
    user: 'admin',
    password: await password(),
    namespace: 'openfaas-fn',
    image: imageName,
    envVars: { OFFLINE: '1' },
    body: photo?.bytes ?? Buffer.alloc(0),
  };
  return { gateway, stop: async () => undefined };
});

test('destroy leaves the cluster as it was', async () => {
  const destroyed = await stack.destroy();
  expect(destroyed.succeeded, destroyed.log).toBe(true);
  expect(await clusterObjects(stack)).toEqual(before);
});
