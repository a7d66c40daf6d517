import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kubeconfigOf } from '../api/test-double/cluster.ts';
import { functionHandlers } from './handlers.ts';
import { spec } from './test-fixture/spec.ts';

/** Stands in for the Kubernetes API: these objects by their paths, and every list is empty. OpenFaaS is gone from it. */
let objects: Map<string, object>;
let deleted: string[];
let server: Server;
let state: Parameters<typeof functionHandlers.create>[0];

const path = '/apis/apps/v1/namespaces/openfaas-fn/deployments/classifier';
const servicePath = '/api/v1/namespaces/openfaas-fn/services/classifier';
const id = 'openfaas-fn/classifier';
const context = { signal: new AbortController().signal, progress: () => {} };
const read = () => functionHandlers.read?.(id, state, context);
const remove = () => functionHandlers.delete?.(id, state, context);

beforeEach(async () => {
  objects = new Map();
  deleted = [];
  server = createServer(({ method, url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const answer = pathname.endsWith('/pods') ? { items: [] } : objects.get(pathname);
    if (method === 'DELETE' && objects.delete(pathname)) deleted.push(pathname);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { kind: 'Status', code: 404 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const kubeconfig = kubeconfigOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const gateway = { namespace: 'openfaas', service: 'gateway', port: 8080 };
  state = { cluster: { kubeconfig }, gateway, password: 'hidden', function: spec };
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

function deployed() {
  const { image, limits, requests } = spec;
  const securityContext = { readOnlyRootFilesystem: true };
  const env = [{ name: 'OFFLINE', value: '0' }];
  const containers = [{ name: 'classifier', image, env, resources: { limits, requests }, securityContext }];
  const template = { metadata: { labels: spec.labels }, spec: { containers, imagePullSecrets: [{ name: 'pull' }] } };
  return { metadata: { name: 'classifier' }, spec: { template } };
}

test('without a gateway, a refresh reads the function as it stands in the cluster', async () => {
  objects.set(path, deployed());
  expect(await read()).toEqual({ function: { ...spec, envVars: { OFFLINE: '0' } } });
});

test('a refresh reads a function as gone when its Deployment is, or is about to go', async () => {
  expect(await read()).toBeUndefined();
  const ending = { name: 'classifier', deletionTimestamp: '2026-01-01T00:00:00Z' };
  objects.set(path, { ...deployed(), metadata: ending });
  expect(await read()).toBeUndefined();
});

test('without a gateway, a function is removed by the cluster', async () => {
  objects.set(path, deployed()).set(servicePath, {});
  await remove();
  expect(deleted.sort()).toEqual([servicePath, path]);
});

test('one that is half removed is removed wholly', async () => {
  objects.set(path, deployed());
  await remove();
  expect(deleted).toEqual([path]);
});

test('without a gateway, a function cannot be made, and what to do is told', async () => {
  await expect(functionHandlers.create(state, context)).rejects.toThrow(
    /^OpenFaaS's gateway is not there: the cluster has no Service openfaas\/gateway\. .*pulumi up --refresh.*kubectl --namespace openfaas get pods$/,
  );
});
