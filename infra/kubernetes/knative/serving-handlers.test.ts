import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { servingHandlers } from './serving-handlers.ts';
import { ObjectsApiDouble } from './test-double/objects-api.ts';

let api: ObjectsApiDouble;
let folder: string;
beforeEach(async () => {
  api = await ObjectsApiDouble.start();
  folder = mkdtempSync(join(tmpdir(), 'serving-'));
  write('serving-crds.yaml', document('v1', 'Namespace', 'knative-serving'));
  write('serving-core.yaml', document('v1', 'ConfigMap', 'old'));
  write('ingress.yaml', ingress);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await api.close();
});

const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const document = (apiVersion: string, kind: string, name: string) =>
  JSON.stringify({
    apiVersion,
    kind,
    metadata: { name, ...(kind !== 'Namespace' && { namespace: 'knative-serving' }) },
  });
const ingress = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'ingress' },
  spec: { selector: { app: 'web' }, ports: [{ port: 443 }, { port: 80, targetPort: 8000 }] },
});
const context = { signal: new AbortController().signal, progress: () => {} };
const given = () => ({
  cluster: { kubeconfig: api.kubeconfig },
  ingress: { namespace: 'ingress', name: 'web' },
  install: {
    source: {
      places: ['serving-crds', 'serving-core', 'ingress'].map((file) => join(folder, `${file}.yaml`)),
      digest: '',
    },
    settings: { domain: 'a.example', ingressClass: 'some', registry: 'ghcr.io' },
    stack: 'dev',
  },
});
const create = () => servingHandlers.create(given(), context);

test('the ingress is told by its pods and where they take plain requests', async () => {
  expect((await create()).outs).toMatchObject({ ingressSelector: { app: 'web' }, ingressPort: 8000 });
});

test('what cannot be made wholly is taken away again, since Pulumi forgets it', async () => {
  write('ingress.yaml', document('v1', 'ConfigMap', 'no-service'));
  await expect(create()).rejects.toThrow('the cluster has no Service ingress/web: set knative:ingressService');
  expect(api.objects.size).toBe(0);
});

test('what another release lacks is removed by an update, and all of the rest by the end', async () => {
  const { outs } = await create();
  write('serving-core.yaml', document('v1', 'ConfigMap', 'new'));
  const after = await servingHandlers.update?.('', { ...given(), ...outs }, given(), context);
  expect([api.find('ConfigMap', 'old'), api.find('ConfigMap', 'new')?.kind]).toEqual([undefined, 'ConfigMap']);
  await servingHandlers.delete?.('', { ...given(), ...after }, context);
  expect(api.objects.size).toBe(0);
});

test('a Knative Serving that is there is neither made nor removed', async () => {
  await create();
  api.changes.length = 0;
  const { install: _, ...used } = given();
  const { outs } = await servingHandlers.create(used, context);
  await servingHandlers.delete?.('', { ...used, ...outs }, context);
  expect(api.changes).toEqual([]);
});

test("somebody else's Knative Serving stays as it was", async () => {
  await create();
  const other = { ...given(), install: { ...given().install, stack: 'other' } };
  await expect(servingHandlers.create(other, context)).rejects.toThrow('set knative:install to false');
  expect(api.objects.size).toBe(3);
});
