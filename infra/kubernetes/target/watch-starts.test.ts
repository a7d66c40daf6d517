import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../api/index.ts';
import { ClusterDouble } from '../api/test-double/cluster.ts';
import { type WatchedStarts, watchStarts } from './watch-starts.ts';

const name = 'openfaas-fn/classifier';
const deployment = { namespace: 'openfaas-fn', name: 'classifier' };
const now = (): number => performance.timeOrigin + performance.now();

let cluster: ClusterDouble;
let starts: WatchedStarts | undefined;
beforeEach(async () => {
  cluster = await ClusterDouble.start(name);
});
afterEach(async () => {
  await starts?.stop();
  starts = undefined;
  await cluster.close();
});

const watch = async (): Promise<WatchedStarts> => {
  starts = await watchStarts(connect({ kubeconfig: cluster.kubeconfig }), deployment);
  return starts;
};

test('steps come in their order, each when the cluster tells it', async () => {
  const watched = await watch();
  const before = now();
  cluster.scale(name, 2);
  const { created = 0, scheduled = 0, pulled = 0 } = await watched.since(before);
  expect(created).toBeGreaterThanOrEqual(before);
  expect(scheduled).toBeGreaterThanOrEqual(created);
  expect(pulled).toBeGreaterThan(scheduled);
  expect(pulled).toBeLessThanOrEqual(now());
});

test('what was there before does not count', async () => {
  const watched = await watch();
  expect(await watched.since(now())).toEqual({});
});

test('where events may not be read, the rest is told', async () => {
  cluster.events = false;
  const watched = await watch();
  const before = now();
  cluster.scale(name, 2);
  await expect.poll(async () => Object.keys(await watched.since(before))).toEqual(['created', 'scheduled']);
});

test('a Deployment that is not there is named', async () => {
  const missing = { namespace: 'openfaas-fn', name: 'none' };
  await expect(watchStarts(connect({ kubeconfig: cluster.kubeconfig }), missing)).rejects.toThrow('openfaas-fn/none');
});
