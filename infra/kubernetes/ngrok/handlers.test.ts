import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kubeconfigOf } from '../api/test-double/cluster.ts';
import { publicUrlHandlers } from './handlers.ts';

/** Stands in for the Kubernetes API: answers by path, and 404 for the rest. */
let answers: Record<string, object>;
let status: number;
let told: string[];
let server: Server;
let state: Parameters<typeof publicUrlHandlers.create>[0] & { url: string };

const deploymentPath = '/apis/apps/v1/namespaces/faceoff/deployments/server';
const podsPath = '/api/v1/namespaces/faceoff/pods';
const deployment = { spec: { selector: { matchLabels: { app: 'web' } } } };

beforeEach(async () => {
  answers = { [deploymentPath]: deployment, [podsPath]: { items: [] } };
  status = 200;
  told = [];
  server = createServer(({ url = '/' }, response) => {
    const answer = answers[new URL(url, 'http://localhost').pathname];
    response.writeHead(answer === undefined ? 404 : status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { kind: 'Status' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const kubeconfig = kubeconfigOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const of = { namespace: 'faceoff', deployment: 'server', revision: 1, port: 4040 };
  state = { ...of, cluster: { kubeconfig }, url: 'https://a.ngrok.app' };
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const context = { signal: new AbortController().signal, progress: (line: string) => void told.push(line) };
const read = () => publicUrlHandlers.read?.('faceoff/server', state, context);

test('a URL whose Deployment is gone is gone', async () => {
  answers = {};
  expect(await read()).toBeUndefined();
});

test('while no pod runs, the URL is kept, and that is told', async () => {
  expect(await read()).toEqual({});
  expect(told).toEqual([
    'Deployment faceoff/server has no running pod. https://a.ngrok.app is kept until another one is told.',
  ]);
});

test('so it is when the pod goes while its agent is asked', async () => {
  answers[podsPath] = { items: [{ metadata: { name: 'server-1' }, status: { phase: 'Running' } }] };
  expect(await read()).toEqual({});
  expect(told).toEqual([
    'the cluster has no pod faceoff/server-1. https://a.ngrok.app is kept until another one is told.',
  ]);
});

test('a cluster that refuses to tell is an error, since then nothing is known', async () => {
  status = 403;
  await expect(read()).rejects.toThrow('403');
});

test('no URL can be made of an agent that does not run', async () => {
  await expect(publicUrlHandlers.create(state, context)).rejects.toThrow('has no running pod');
});
