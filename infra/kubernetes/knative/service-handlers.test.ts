import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceHandlers } from './service-handlers.ts';
import { revisionSpec, type ServiceSpec } from './service-spec.ts';
import { ObjectsApiDouble } from './test-double/objects-api.ts';

let api: ObjectsApiDouble;
beforeEach(async () => {
  api = await ObjectsApiDouble.start();
});
afterEach(() => api.close());

const template = {
  labels: {},
  annotations: { 'autoscaling.knative.dev/max-scale': '5' },
  spec: revisionSpec({
    image: 'a/b:1',
    classifier: { cpu: '500m', memory: '512Mi', env: {} },
    containerConcurrency: 0,
  }),
};
const service: ServiceSpec = { namespace: 'fn', name: 'f', labels: {}, annotations: {}, template };
const context = { signal: new AbortController().signal, progress: () => {} };
const state = () => ({ cluster: { kubeconfig: api.kubeconfig }, service });
const status = (ready: string, latestReadyRevisionName: string) => ({
  url: 'http://f.example.com',
  latestCreatedRevisionName: 'f-2',
  latestReadyRevisionName,
  conditions: [{ type: 'Ready', status: ready, reason: 'RevisionFailed', message: 'no image' }],
});

test('a Service that is ready tells its revision and its host', async () => {
  expect(await serviceHandlers.create(state(), context)).toEqual({
    id: 'fn/f',
    outs: { revision: 'f-1', host: 'f.example.com' },
  });
});

test('an update ends when its own revision answers, not the one before', async () => {
  api.statusOf = () => status('True', 'f-1');
  const looked: string[] = [];
  const updated = serviceHandlers.update?.('fn/f', state(), state(), {
    ...context,
    progress: (line) => {
      looked.push(line);
      const [[path, held] = ['', {}]] = [...api.objects].filter(([, { kind }]) => kind === 'Service');
      api.objects.set(path, { ...held, status: status('True', 'f-2') });
    },
  });
  expect(await updated).toEqual({ revision: 'f-2', host: 'f.example.com' });
  expect(looked).toEqual(['revision f-2 is not ready; f-1 answers']);
});

test('one that is not ready is told as it goes on, with the condition and why', async () => {
  api.statusOf = () => status('False', 'f-1');
  const stop = new AbortController();
  const looked: string[] = [];
  const progress = (line: string) => {
    looked.push(line);
    stop.abort(new Error('stopped'));
  };
  await expect(serviceHandlers.create(state(), { signal: stop.signal, progress })).rejects.toThrow();
  expect(looked[0]).toContain('condition Ready is False (RevisionFailed: no image)');
});

test('a refresh reads what others have changed, and not what Knative has added', async () => {
  await serviceHandlers.create(state(), context);
  const [path = '', held = {}] = [...api.objects].find(([, { kind }]) => kind === 'Service') ?? [];
  const annotations = { ...template.annotations, 'serving.knative.dev/creator': 'somebody' };
  const [container] = template.spec.containers;
  const spec = {
    ...template.spec,
    timeoutSeconds: 300,
    containers: [{ ...container, image: 'c/d:1', name: 'classifier' }],
  };
  api.objects.set(path, { ...held, spec: { template: { metadata: { annotations }, spec } } });
  const read = (await serviceHandlers.read?.('fn/f', state(), context)) as { service: ServiceSpec };
  expect(read.service).toEqual({
    ...service,
    template: { ...template, spec: { ...template.spec, containers: [{ ...container, image: 'c/d:1' }] } },
  });
});

/** Sets by which bounds the newest revision and its autoscaler go. */
function bound(revision: string, autoscaler: string): void {
  const put = (group: string, plural: string, kind: string, max: string) =>
    api.objects.set(`/apis/${group}/namespaces/fn/${plural}/f-1`, {
      apiVersion: group,
      kind,
      metadata: { namespace: 'fn', name: 'f-1', annotations: { 'autoscaling.knative.dev/max-scale': max } },
    });
  put('serving.knative.dev/v1', 'revisions', 'Revision', revision);
  put('autoscaling.internal.knative.dev/v1alpha1', 'podautoscalers', 'PodAutoscaler', autoscaler);
}

const boundsHeld = () =>
  ['Revision', 'PodAutoscaler'].map(
    (kind) => api.find(kind, 'f-1')?.metadata?.annotations?.['autoscaling.knative.dev/max-scale'],
  );

test.each([
  ['its revision', '1', '5'],
  ['the autoscaler of it', '5', '1'],
])('bounds that a killed benchmark has left to %s are read, and put back by an update', async (_, revision, scaler) => {
  await serviceHandlers.create(state(), context);
  bound(revision, scaler);
  const read = (await serviceHandlers.read?.('fn/f', state(), context)) as { service: ServiceSpec };
  expect(read.service.template.annotations['autoscaling.knative.dev/max-scale']).toBe('1');
  expect(await serviceHandlers.diff?.('fn/f', { ...state(), ...read }, state())).toMatchObject({ changes: true });
  await serviceHandlers.update?.('fn/f', { ...state(), ...read }, state(), context);
  expect(boundsHeld()).toEqual(['5', '5']);
});

test('bounds that are as they should be are neither read as a change nor written', async () => {
  await serviceHandlers.create(state(), context);
  bound('5', '5');
  expect(await serviceHandlers.read?.('fn/f', state(), context)).toMatchObject({ service: { template } });
  await serviceHandlers.update?.('fn/f', state(), state(), context);
  expect(api.changes).toEqual(['PATCH Service f', 'PATCH Service f']);
});

test('one that is gone is read as gone', async () => {
  expect(await serviceHandlers.read?.('fn/f', state(), context)).toBeUndefined();
});

test('it is removed once, and its pods are waited for', async () => {
  await serviceHandlers.create(state(), context);
  api.pods = [{}];
  const looked: string[] = [];
  const progress = (line: string) => {
    looked.push(line);
    api.pods = [];
  };
  await serviceHandlers.delete?.('fn/f', state(), { ...context, progress });
  expect(looked).toEqual(['1 of its pods are ending']);
  expect(api.changes.at(-1)).toBe('DELETE Service f');
});

test('another name is another Service', async () => {
  const renamed = { ...state(), service: { ...service, name: 'g' } };
  expect(await serviceHandlers.diff?.('fn/f', state(), renamed)).toMatchObject({
    changes: true,
    replaces: ['service'],
  });
  expect(await serviceHandlers.diff?.('fn/f', state(), state())).toMatchObject({ changes: false, replaces: [] });
});
