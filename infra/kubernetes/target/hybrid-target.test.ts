import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../api/index.ts';
import { ClusterDouble } from '../api/test-double/cluster.ts';
import type { HybridDescription, TargetDescription } from './description.ts';
import { type KubernetesTargets, kubernetesTargets } from './kubernetes-targets.ts';
import { restoreTargets } from './restore.ts';

const hybrid: HybridDescription = {
  router: { namespace: 'hybrid', name: 'router' },
  function: { namespace: 'fn', name: 'overflow', scalable: true },
  measured: true,
};
const onOpenFaas: TargetDescription = {
  name: 'hybrid',
  architecture: 'hybrid',
  url: 'http://127.0.0.1:1/',
  deployment: { namespace: 'hybrid', name: 'base' },
  scalable: false,
  minReplicas: 2,
  autoscaler: { kind: 'alertmanager', namespace: 'openfaas', name: 'alertmanager' },
  hybrid,
};
const onKnative: TargetDescription = {
  ...onOpenFaas,
  autoscaler: { kind: 'knative', namespace: 'fn', name: 'rev-1', min: 0, max: 5, platform: ['knative-serving'] },
  hybrid: { ...hybrid, function: { namespace: 'fn', name: 'rev-1-deployment', scalable: true } },
};

let cluster: ClusterDouble;
let opened: KubernetesTargets | undefined;
beforeEach(async () => {
  cluster = await ClusterDouble.start('hybrid/base', 'hybrid/router', 'fn/overflow', 'openfaas/alertmanager');
  cluster.variables.set('hybrid/router', new Map([['OVERFLOW', 'enabled']]));
  cluster.replicas.set('hybrid/base', 2);
  cluster.replicas.set('fn/rev-1-deployment', 1);
});
afterEach(async () => {
  await close();
  await cluster.close();
});

async function open(description: TargetDescription) {
  const { signal } = new AbortController();
  opened = await kubernetesTargets([description], { kubeconfig: cluster.kubeconfig, signal });
  const [target] = opened.targets;
  if (target === undefined) throw new Error('no target');
  return target;
}

async function close(): Promise<void> {
  await opened?.close();
  opened = undefined;
}

test('its replicas are those of the base and of the function', async () => {
  cluster.replicas.set('fn/overflow', 3);
  expect(await (await open(onOpenFaas)).replicas()).toEqual({ ready: 5, desired: 5 });
});

test('it is not scaled as one: a cold start of it would be one of the function alone', async () => {
  expect((await open(onOpenFaas)).scale).toBeUndefined();
});

test('with its autoscaler on, the function begins at zero and takes what overflows', async () => {
  const target = await open(onOpenFaas);
  await target.autoscale?.(true);
  expect(await target.replicas()).toEqual({ ready: 2, desired: 2 });
  expect(cluster.variables.get('hybrid/router')?.get('OVERFLOW')).toBe('enabled');
  expect(cluster.replicas.get('openfaas/alertmanager')).toBe(1);
});

test('with it off, the base alone answers, from when the router was replaced on', async () => {
  const target = await open(onOpenFaas);
  await target.autoscale?.(false);
  expect(cluster.changes).toEqual([
    'hybrid/router OVERFLOW=disabled',
    'hybrid/router replaced',
    'openfaas/alertmanager 0',
    'fn/overflow 0',
  ]);
});

test('a router that is as it should be is left alone', async () => {
  const target = await open(onOpenFaas);
  await target.autoscale?.(false);
  const before = cluster.changes.length;
  await target.autoscale?.(false);
  expect(cluster.changes.slice(before).filter((change) => change.startsWith('hybrid/router'))).toEqual([]);
});

test('the function of a platform that knows no zero keeps its replicas', async () => {
  const function_ = { ...hybrid.function, scalable: false };
  const target = await open({ ...onOpenFaas, hybrid: { ...hybrid, function: function_ } });
  await target.autoscale?.(true);
  expect(await target.replicas()).toEqual({ ready: 3, desired: 3 });
});

test('on Knative zero is left to its autoscaler, which is held at one while the base alone answers', async () => {
  const target = await open(onKnative);
  const bounds = () => cluster.changes.filter((change) => change.includes('podautoscalers')).at(-1);
  await target.autoscale?.(false);
  expect(bounds()).toBe('fn/rev-1 podautoscalers 0-1');
  await target.autoscale?.(true);
  expect(bounds()).toBe('fn/rev-1 podautoscalers 0-5');
  expect(await target.replicas()).toEqual({ ready: 2, desired: 2 });
});

describe('what the base may have at once', () => {
  test('holds when that resolves, and stays', async () => {
    const target = await open(onOpenFaas);
    await target.overflowAt?.(12);
    expect(cluster.changes).toEqual(['hybrid/router IN_FLIGHT=12', 'hybrid/router replaced']);
    await close();
    expect(cluster.variables.get('hybrid/router')?.get('IN_FLIGHT')).toBe('12');
  });

  test('comes after what the program has set, which a refresh compares by its place', async () => {
    await (await open(onOpenFaas)).overflowAt?.(12);
    expect([...(cluster.variables.get('hybrid/router')?.keys() ?? [])]).toEqual(['OVERFLOW', 'IN_FLIGHT']);
  });

  test('is not to be set where the configuration says it', async () => {
    const target = await open({ ...onOpenFaas, hybrid: { ...hybrid, measured: false } });
    expect(target.overflowAt).toBeUndefined();
  });
});

test('its parts are the base, the function, the router, and what the platform needs', async () => {
  cluster.kubelet = true;
  const target = await open(onOpenFaas);
  expect((await target.resources?.())?.map(({ name, kind, processes }) => [name, kind, processes])).toEqual([
    ['base', 'replica', 2],
    ['overflow', 'replica', 1],
    ['router', 'fixed', 1],
    ['alertmanager', 'fixed', 1],
  ]);
});

const asItWas = { 'hybrid/base': 2, 'hybrid/router': 1, 'fn/overflow': 0, 'openfaas/alertmanager': 1 };

test('at the end requests overflow again, the autoscaler acts, and the function has no replica', async () => {
  const target = await open(onOpenFaas);
  await target.autoscale?.(false);
  cluster.scale('fn/overflow', 2);
  await close();
  expect(cluster.variables.get('hybrid/router')).toEqual(new Map([['OVERFLOW', 'enabled']]));
  expect(Object.fromEntries(cluster.replicas)).toMatchObject(asItWas);
});

test('what was not touched is not touched', async () => {
  await open(onOpenFaas);
  await close();
  expect(cluster.changes).toEqual([]);
});

test('what a killed benchmark has left is put right, but for what it has measured', async () => {
  cluster.variables.set(
    'hybrid/router',
    new Map([
      ['OVERFLOW', 'disabled'],
      ['IN_FLIGHT', '12'],
    ]),
  );
  cluster.replicas.set('openfaas/alertmanager', 0);
  await restoreTargets(connect({ kubeconfig: cluster.kubeconfig }), [onOpenFaas]);
  expect(Object.fromEntries(cluster.variables.get('hybrid/router') ?? [])).toEqual({
    OVERFLOW: 'enabled',
    IN_FLIGHT: '12',
  });
  expect(Object.fromEntries(cluster.replicas)).toMatchObject(asItWas);
});

test('on Knative it is put right by the bounds of its autoscaler', async () => {
  await restoreTargets(connect({ kubeconfig: cluster.kubeconfig }), [onKnative]);
  expect(cluster.changes).toEqual(['fn/rev-1 revisions 0-5', 'fn/rev-1 podautoscalers 0-5']);
});

test('a Deployment that is not there is told, and nothing is watched any more', async () => {
  const missing = { ...hybrid, function: { ...hybrid.function, name: 'none' } };
  await expect(open({ ...onOpenFaas, hybrid: missing })).rejects.toThrow('the cluster has no Deployment fn/none');
});
