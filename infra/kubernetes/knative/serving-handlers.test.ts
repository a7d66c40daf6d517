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
const global = new Set(['Namespace', 'CustomResourceDefinition']);
const document = (apiVersion: string, kind: string, name: string) =>
  JSON.stringify({
    apiVersion,
    kind,
    metadata: { name, ...(!global.has(kind) && { namespace: 'knative-serving' }) },
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
const update = (state: object, to: ReturnType<typeof using> | ReturnType<typeof given>) =>
  servingHandlers.update?.('', { ...given(), ...state }, to, context);
const read = (state: object) => servingHandlers.read?.('', { ...given(), ...state }, context);

/** The same with the Knative Serving that is there. */
function using() {
  const { install: _, ...used } = given();
  return used;
}

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
  const after = await update(outs, given());
  expect([api.find('ConfigMap', 'old'), api.find('ConfigMap', 'new')?.kind]).toEqual([undefined, 'ConfigMap']);
  await servingHandlers.delete?.('', { ...given(), ...after }, context);
  expect(api.objects.size).toBe(0);
});

test('a Knative Serving that is there is neither made nor removed', async () => {
  await create();
  api.changes.length = 0;
  const { outs } = await servingHandlers.create(using(), context);
  await servingHandlers.delete?.('', { ...using(), ...outs }, context);
  expect(api.changes).toEqual([]);
});

test("somebody else's Knative Serving stays as it was", async () => {
  await create();
  const other = { ...given(), install: { ...given().install, stack: 'other' } };
  await expect(servingHandlers.create(other, context)).rejects.toThrow('set knative:install to false');
  expect(api.objects.size).toBe(3);
});

test('nor is it taken over by a stack that has used it so far', async () => {
  await create();
  const { outs } = await servingHandlers.create(using(), context);
  api.changes.length = 0;
  const own = { ...given(), install: { ...given().install, stack: 'other' } };
  await expect(update(outs, own)).rejects.toThrow('set knative:install to false');
  expect(api.changes).toEqual([]);
});

test("a namespace of somebody else's among other manifests is refused as well", async () => {
  const { outs } = await create();
  const path = '/api/v1/namespaces/other';
  api.objects.set(path, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } });
  write(
    'serving-crds.yaml',
    `${document('v1', 'Namespace', 'knative-serving')}\n---\n${document('v1', 'Namespace', 'other')}`,
  );
  await expect(update(outs, given())).rejects.toThrow('the cluster has a namespace other that this stack has not made');
  expect(api.objects.get(path)?.metadata?.labels).toBeUndefined();
});

test('what the stack has installed is not taken from under its function', async () => {
  const { outs } = await create();
  await expect(update(outs, using())).rejects.toThrow('set knative:install to true again');
  expect(api.objects.size).toBe(3);
});

test('what is being deleted is gone before anything is installed anew', async () => {
  await create();
  const path = '/api/v1/namespaces/knative-serving';
  const held = api.objects.get(path);
  const ending = { ...held?.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' };
  api.objects.set(path, { ...held, metadata: ending } as never);
  api.changes.length = 0;
  let changesMeanwhile: number | undefined;
  const progress = (line: string) => {
    if (!line.includes('is being deleted')) return;
    changesMeanwhile = api.changes.length;
    api.objects.delete(path);
  };
  await servingHandlers.create(given(), { ...context, progress });
  expect(changesMeanwhile).toBe(0);
  expect(api.objects.get(path)?.metadata?.deletionTimestamp).toBeUndefined();
});

test.each([
  ['Namespace', '/api/v1/namespaces/knative-serving'],
  ['kind', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/services.serving.knative.dev'],
])('one whose %s is gone, or about to go, is read as gone', async (_, path) => {
  const kind = document('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'services.serving.knative.dev');
  write('serving-crds.yaml', `${document('v1', 'Namespace', 'knative-serving')}\n---\n${kind}`);
  const { outs } = await create();
  expect(await read(outs)).toEqual({});
  const held = api.objects.get(path);
  api.objects.set(path, {
    ...held,
    metadata: { ...held?.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
  } as never);
  expect(await read(outs)).toBeUndefined();
  api.objects.delete(path);
  expect(await read(outs)).toBeUndefined();
});
