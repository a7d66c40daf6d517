import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../api/index.ts';
import { kubeconfigOf } from '../api/test-double/cluster.ts';
import { runningPod } from './running-pod.ts';

/** Stands in for the Kubernetes API: one Deployment, and these pods for whoever asks by its labels. */
let pods: object[];
let selectors: (string | null)[];
let server: Server;
let kubeconfig: string;

beforeEach(async () => {
  pods = [];
  selectors = [];
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const isList = pathname === '/api/v1/namespaces/faceoff/pods';
    if (isList) selectors.push(searchParams.get('labelSelector'));
    const deployment = { spec: { selector: { matchLabels: { app: 'web', tier: 'front' } } } };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(isList ? { items: pods } : deployment));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  kubeconfig = kubeconfigOf(url);
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const pod = (name: string, minute: number, phase = 'Running', more: object = {}) => ({
  metadata: { name, creationTimestamp: `2026-01-01T00:0${minute}:00Z`, ...more },
  status: { phase },
});
const find = () => runningPod(connect({ kubeconfig }), { namespace: 'faceoff', name: 'web' });

test('after a roll-out, the new pod is found and not the old one', async () => {
  pods = [pod('old', 1), pod('new', 3), pod('older', 0)];
  expect(await find()).toBe('new');
  expect(selectors).toEqual(['app=web,tier=front']);
});

test('one that does not run yet, or is about to end, is left out', async () => {
  const ending = { deletionTimestamp: '2026-01-01T00:09:00Z' };
  pods = [pod('pending', 5, 'Pending'), pod('ending', 4, 'Running', ending), pod('running', 1)];
  expect(await find()).toBe('running');
});

test('none at all is an error that names the Deployment', async () => {
  await expect(find()).rejects.toThrow('Deployment faceoff/web has no running pod');
});
