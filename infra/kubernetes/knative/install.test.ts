import type { KubernetesObject } from '@kubernetes/client-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../api/index.ts';
import { install, refuseOthers, uninstall } from './install.ts';
import { nameOf } from './objects.ts';
import { ObjectsApiDouble } from './test-double/objects-api.ts';

let api: ObjectsApiDouble;
let told: string[];
beforeEach(async () => {
  api = await ObjectsApiDouble.start();
  told = [];
});
afterEach(() => api.close());

const object = (apiVersion: string, kind: string, name: string, namespace?: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});
const all = [
  object('v1', 'Namespace', 'knative-serving'),
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'services.serving.knative.dev'),
  object('v1', 'ConfigMap', 'config-domain', 'knative-serving'),
  object('apps/v1', 'Deployment', 'activator', 'knative-serving'),
];
const patience = (patienceMs = 5000) => ({
  patienceMs,
  everyMs: 5,
  signal: new AbortController().signal,
  progress: (line: string) => void told.push(line),
});
const cluster = () => connect({ kubeconfig: api.kubeconfig });
const put = (patienceMs?: number) => install(cluster(), all, 'dev', patience(patienceMs));

test('what others stand in or are of is made before them, and said to be of the stack', async () => {
  await put();
  expect(api.changes).toEqual(all.map(({ kind, metadata }) => `PATCH ${kind} ${metadata?.name}`));
  expect(api.find('Namespace', 'knative-serving')?.metadata?.labels).toEqual({ 'faceoff/stack': 'dev' });
});

test('a program that does not come up is told with its condition and its pods', async () => {
  const condition = { type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', message: 'none is' };
  api.statusOf = ({ kind }) =>
    kind === 'Deployment' ? { conditions: [condition] } : { conditions: [{ type: 'Established', status: 'True' }] };
  api.pods = [{ status: { containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }] } }];
  await expect(put(50)).rejects.toThrow(
    'Knative Serving is not ready after 0.05 s: Deployment knative-serving/activator: condition Available is False (MinimumReplicasUnavailable: none is); its pods: ImagePullBackOff',
  );
});

test('a kind that is not established yet is waited for before anything else is made', async () => {
  api.statusOf = () => ({ conditions: [{ type: 'Established', status: 'False', reason: 'Installing' }] });
  await expect(put(50)).rejects.toThrow('condition Established is False (Installing)');
  expect(api.find('ConfigMap', 'config-domain')).toBeUndefined();
});

test('a webhook that does not answer yet is tried again', async () => {
  let left = 2;
  api.refuse = ({ kind }) =>
    kind === 'ConfigMap' && left-- > 0 ? { code: 500, message: 'failed calling webhook' } : undefined;
  await put();
  expect(told).toContain('ConfigMap knative-serving/config-domain: failed calling webhook');
  expect(api.find('ConfigMap', 'config-domain')).toBeDefined();
});

test('what the cluster refuses is told at once, with why', async () => {
  api.refuse = ({ kind }) => (kind === 'ConfigMap' ? { code: 422, message: 'it is invalid' } : undefined);
  await expect(put()).rejects.toThrow('ConfigMap knative-serving/config-domain: it is invalid');
  expect(told).toEqual([]);
});

test("somebody else's Knative Serving is not taken over", async () => {
  await install(cluster(), all, 'other', patience());
  await expect(refuseOthers(cluster(), all, 'dev')).rejects.toThrow(
    'the cluster has a namespace knative-serving that this stack has not made: set knative:install to false',
  );
  await expect(refuseOthers(cluster(), all, 'other')).resolves.toBeUndefined();
});

test('everything is removed, kinds and namespaces last, also what is gone already', async () => {
  await put();
  api.changes.length = 0;
  const gone = object('v1', 'ConfigMap', 'gone', 'knative-serving');
  await uninstall(cluster(), [...all, gone].map(nameOf), patience());
  expect(api.changes).toEqual(all.toReversed().map(({ kind, metadata }) => `DELETE ${kind} ${metadata?.name}`));
  expect(api.objects.size).toBe(0);
});
