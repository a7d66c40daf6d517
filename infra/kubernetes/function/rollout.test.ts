import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../api/index.ts';
import { kubeconfigOf } from '../api/test-double/cluster.ts';
import { whyNotGone, whyNotRolledOut } from './rollout.ts';

/** Stands in for the Kubernetes API: one Deployment, or none, and these pods for whoever asks by its function. */
let deployment: object | undefined;
let pods: object[];
let refusal: number | undefined;
let server: Server;
let kubeconfig: string;

beforeEach(async () => {
  deployment = undefined;
  pods = [];
  refusal = undefined;
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const ofFunction = searchParams.get('labelSelector') === 'faas_function=classifier';
    const answers: Record<string, object | undefined> = {
      '/apis/apps/v1/namespaces/openfaas-fn/deployments/classifier': deployment,
      '/api/v1/namespaces/openfaas-fn/pods': { items: ofFunction ? pods : [pod('Running'), pod('Running')] },
    };
    const answer = answers[pathname];
    response.writeHead(refusal ?? (answer === undefined ? 404 : 200), { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { kind: 'Status' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  kubeconfig = kubeconfigOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const named = { namespace: 'openfaas-fn', name: 'classifier' };
const rolledOut = () => whyNotRolledOut(connect({ kubeconfig }), named);
const gone = () => whyNotGone(connect({ kubeconfig }), named);

/** A Deployment that is wholly rolled out, but for what is said otherwise. */
const settled = (wanted: number, more: { generation?: number; status?: object } = {}) => ({
  metadata: { generation: more.generation ?? 2 },
  spec: { replicas: wanted },
  status: {
    observedGeneration: 2,
    replicas: wanted,
    updatedReplicas: wanted,
    availableReplicas: wanted,
    ...more.status,
  },
});
const pod = (phase: string, waiting?: string) => ({
  metadata: { name: 'classifier-1' },
  status: { phase, ...(waiting !== undefined && { containerStatuses: [{ state: { waiting: { reason: waiting } } }] }) },
});
const readyPod = { metadata: { name: 'old' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } };

test('a Deployment whose replicas are all of the newest kind and available is rolled out', async () => {
  deployment = settled(3);
  expect(await rolledOut()).toBeUndefined();
});

test('one that is scaled to zero is rolled out, though the API leaves out the counts', async () => {
  deployment = { metadata: { generation: 2 }, spec: { replicas: 0 }, status: { observedGeneration: 2 } };
  expect(await rolledOut()).toBeUndefined();
});

test('one whose replicas are not said has to have one', async () => {
  deployment = { ...settled(1), spec: {} };
  expect(await rolledOut()).toBeUndefined();
  deployment = { ...settled(0), spec: {} };
  expect(await rolledOut()).toBe('0 of 1 replicas ready');
});

test('a function without a Deployment waits for it', async () => {
  expect(await rolledOut()).toBe('it has no Deployment yet');
});

test('a change that the cluster has not taken up yet is not rolled out, whatever the old counts say', async () => {
  deployment = settled(1, { generation: 3 });
  pods = [readyPod];
  expect(await rolledOut()).toBe('the cluster has not taken up its newest state yet');
});

test('replicas that are not available are told with why, each reason once', async () => {
  deployment = settled(4, { status: { availableReplicas: 1 } });
  pods = [readyPod, pod('Pending', 'ErrImagePull'), pod('Pending', 'ErrImagePull'), pod('Pending')];
  expect(await rolledOut()).toBe('1 of 4 replicas ready (ErrImagePull, Pending)');
});

test('replicas of an older kind do not count as ready ones', async () => {
  deployment = settled(2, { status: { replicas: 3, updatedReplicas: 1, availableReplicas: 2 } });
  pods = [readyPod, readyPod, pod('Pending', 'ContainerCreating')];
  expect(await rolledOut()).toBe('0 of 2 replicas ready, 2 of an older kind left (ContainerCreating)');
});

test('replicas of an older kind that are left are waited for, though all new ones are there', async () => {
  deployment = settled(1, { status: { replicas: 2, availableReplicas: 2 } });
  pods = [readyPod, readyPod];
  expect(await rolledOut()).toBe('1 of 1 replicas ready, 1 of an older kind left');
});

test('as many available replicas as wanted are not enough when one is of an older kind', async () => {
  deployment = settled(2, { status: { updatedReplicas: 1 } });
  pods = [readyPod, readyPod];
  expect(await rolledOut()).toBe('1 of 2 replicas ready, 1 of an older kind left');
});

test('replicas that are too many are waited for, since a function is not as wanted with them', async () => {
  deployment = settled(1, { status: { replicas: 2, updatedReplicas: 2, availableReplicas: 2 } });
  expect(await rolledOut()).toBe('2 of 1 replicas ready');
});

test('a removed function is gone when its Deployment and its pods are', async () => {
  expect(await gone()).toBeUndefined();
});

test('one whose Deployment is there is not gone', async () => {
  deployment = settled(0);
  expect(await gone()).toBe('its Deployment is still there');
});

test('pods that outlive their Deployment are waited for', async () => {
  pods = [pod('Running'), readyPod];
  expect(await gone()).toBe('2 of its pods are ending');
});

test('a cluster that refuses to tell is an error, and not taken for one without the function', async () => {
  deployment = settled(1);
  refusal = 403;
  await expect(rolledOut()).rejects.toThrow('403');
  await expect(gone()).rejects.toThrow('403');
});
