import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../api/index.ts';
import { ClusterDouble } from '../api/test-double/cluster.ts';
import type { TargetDescription } from './description.ts';
import { type KubernetesTargets, kubernetesTargets } from './kubernetes-targets.ts';
import { restoreTargets } from './restore.ts';

const server: TargetDescription = {
  name: 'server',
  architecture: 'server',
  url: 'http://127.0.0.1:1/',
  deployment: { namespace: 'faceoff', name: 'server' },
  scalable: false,
  minReplicas: 2,
  autoscaler: { kind: 'hpa', namespace: 'faceoff', name: 'server', min: 2, max: 6 },
};
const serverless: TargetDescription = {
  name: 'serverless',
  architecture: 'serverless',
  url: 'http://127.0.0.1:2/',
  deployment: { namespace: 'openfaas-fn', name: 'classifier' },
  scalable: true,
  minReplicas: 1,
  autoscaler: { kind: 'alertmanager', namespace: 'openfaas', name: 'alertmanager' },
};
const knative: TargetDescription = {
  name: 'serverless',
  architecture: 'serverless',
  url: 'http://127.0.0.1:3/',
  host: 'classifier.example.com',
  deployment: { namespace: 'fn', name: 'rev-1-deployment' },
  scalable: true,
  minReplicas: 1,
  autoscaler: {
    kind: 'knative',
    namespace: 'fn',
    name: 'rev-1',
    min: 1,
    max: 5,
    platform: ['knative-serving', 'kourier-system'],
  },
};

let cluster: ClusterDouble;
let opened: KubernetesTargets | undefined;
beforeEach(async () => {
  cluster = await ClusterDouble.start('faceoff/server', 'openfaas-fn/classifier', 'openfaas/alertmanager');
  cluster.replicas.set('faceoff/server', 2);
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await cluster.close();
});

async function open(description: TargetDescription, signal = new AbortController().signal) {
  opened = await kubernetesTargets([description], { kubeconfig: cluster.kubeconfig, signal });
  const [target] = opened.targets;
  if (target === undefined) throw new Error('no target');
  return target;
}

test('replicas are told as the cluster changes them', async () => {
  const target = await open(serverless);
  expect(await target.replicas()).toEqual({ ready: 1, desired: 1 });
  cluster.scale('openfaas-fn/classifier', 5);
  await expect.poll(() => target.replicas()).toEqual({ ready: 5, desired: 5 });
});

test('scaling ends when the replicas are there, or gone', async () => {
  const target = await open(serverless);
  await target.scale?.(0);
  expect(await target.replicas()).toEqual({ ready: 0, desired: 0 });
  await target.scale?.(3);
  expect((await target.replicas()).ready).toBe(3);
});

test('only what starts again by itself is scaled', async () => {
  expect((await open(server)).scale).toBeUndefined();
});

test('a HorizontalPodAutoscaler is held at one replica, and let go again', async () => {
  const target = await open(server);
  await target.autoscale?.(false);
  expect(await target.replicas()).toEqual({ ready: 1, desired: 1 });
  await target.autoscale?.(true);
  expect(await target.replicas()).toEqual({ ready: 2, desired: 2 });
  expect(cluster.changes).toEqual(['faceoff/server 1-1', 'faceoff/server 1', 'faceoff/server 2-6', 'faceoff/server 2']);
});

test('several replicas without an autoscaler are one as long as one is measured, and several again', async () => {
  const { autoscaler: _, ...several } = server;
  const target = await open(several);
  await target.autoscale?.(false);
  expect(await target.replicas()).toEqual({ ready: 1, desired: 1 });
  await target.autoscale?.(true);
  expect(await target.replicas()).toEqual({ ready: 2, desired: 2 });
});

test('a function that is still scaled out when its autoscaler stops is brought back to one', async () => {
  cluster.replicas.set('openfaas-fn/classifier', 4);
  const target = await open({ ...serverless, scalable: false });
  await target.autoscale?.(false);
  expect(await target.replicas()).toEqual({ ready: 1, desired: 1 });
});

test('one replica without an autoscaler has nothing to switch', async () => {
  const { autoscaler: _, ...alone } = server;
  expect((await open({ ...alone, minReplicas: 1 })).autoscale).toBeUndefined();
});

describe('on Knative', () => {
  const bounds = () => cluster.changes.filter((change) => change.includes('podautoscalers'));

  beforeEach(() => {
    for (const each of ['fn/rev-1-deployment', 'knative-serving/activator', 'kourier-system/gateway']) {
      cluster.replicas.set(each, 1);
    }
  });

  test('a target tells the name that its ingress knows', async () => {
    expect((await open(knative)).host).toBe('classifier.example.com');
  });

  test('its autoscaler is held at one replica, both in the revision and in what is made of it', async () => {
    const target = await open(knative);
    await target.autoscale?.(false);
    expect(new Set(cluster.changes)).toEqual(new Set(['fn/rev-1 revisions 1-1', 'fn/rev-1 podautoscalers 1-1']));
  });

  test('zero is reached through the autoscaler, which may still make one for who asks next', async () => {
    const target = await open(knative);
    await target.autoscale?.(false);
    await target.scale?.(0);
    expect(await target.replicas()).toEqual({ ready: 0, desired: 0 });
    expect(bounds().at(-1)).toBe('fn/rev-1 podautoscalers 0-1');
  });

  test('an autoscaler that is on acts again once the replicas that are asked for are there', async () => {
    const target = await open(knative);
    await target.autoscale?.(true);
    await target.scale?.(1);
    expect(bounds()).toEqual(['1-5', '1-1', '1-5'].map((range) => `fn/rev-1 podautoscalers ${range}`));
  });

  test('zero stays until somebody asks, also where one is the least', async () => {
    const target = await open(knative);
    await target.autoscale?.(true);
    await target.scale?.(0);
    expect(bounds().at(-1)).toBe('fn/rev-1 podautoscalers 0-5');
  });

  test('at the end its bounds are those of the stack', async () => {
    const target = await open(knative);
    await target.scale?.(0);
    await opened?.close();
    opened = undefined;
    expect(bounds().at(-1)).toBe('fn/rev-1 podautoscalers 1-5');
  });

  test('what a killed benchmark has left is put right', async () => {
    cluster.scale('fn/rev-1-deployment', 0);
    await restoreTargets(connect({ kubeconfig: cluster.kubeconfig }), [knative]);
    expect(cluster.changes).toEqual(['fn/rev-1 revisions 1-5', 'fn/rev-1 podautoscalers 1-5']);
  });

  test('its resources are those of its replicas, of Knative Serving and of the ingress', async () => {
    cluster.kubelet = true;
    const target = await open(knative);
    expect((await target.resources?.())?.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'replica rev-1-deployment',
      'fixed activator',
      'fixed gateway',
    ]);
  });
});

describe('resources', () => {
  test('are those of the replicas and of the platform, part by part, counted after they were asked for', async () => {
    cluster.kubelet = true;
    cluster.replicas.set('openfaas-fn/classifier', 3);
    const target = await open(serverless);
    const before = await target.resources?.();
    const of = (processes: number) => ({
      ...{ processes, memoryBytes: 100 * processes },
      reserved: { cpus: 0.25 * processes, memoryBytes: processes * 2 ** 26 },
    });
    expect(before).toMatchObject([
      { name: 'classifier', kind: 'replica', ...of(3) },
      { name: 'alertmanager', kind: 'fixed', ...of(1) },
    ]);
    const after = await target.resources?.();
    expect(after?.[1]?.time).toBeGreaterThan(before?.[1]?.time ?? Number.NaN);
  });

  test('of a server are its own pods alone', async () => {
    cluster.kubelet = true;
    const target = await open(server);
    expect(await target.resources?.()).toMatchObject([{ name: 'server', kind: 'replica', processes: 2 }]);
  });

  test('are not told where the kubelet may not be asked', async () => {
    expect((await open(server)).resources).toBeUndefined();
  });
});

describe('at the end', () => {
  test('the least replicas are there and the autoscaler acts', async () => {
    const target = await open(serverless);
    await target.autoscale?.(false);
    await target.scale?.(0);
    await opened?.close();
    opened = undefined;
    expect(cluster.replicas.get('openfaas-fn/classifier')).toBe(1);
    expect(cluster.replicas.get('openfaas/alertmanager')).toBe(1);
  });

  test('a server has its replicas again', async () => {
    const { autoscaler: _, ...several } = server;
    const target = await open(several);
    await target.autoscale?.(false);
    await opened?.close();
    opened = undefined;
    expect(cluster.replicas.get('faceoff/server')).toBe(2);
  });

  test('a server that a killed benchmark has left at one has them again too', async () => {
    cluster.replicas.set('faceoff/server', 1);
    const target = await open(server);
    await target.autoscale?.(false);
    await opened?.close();
    opened = undefined;
    expect(cluster.replicas.get('faceoff/server')).toBe(2);
  });

  test('what was not touched is not touched', async () => {
    await open(serverless);
    await opened?.close();
    opened = undefined;
    expect(cluster.changes).toEqual([]);
  });

  test('so it is after a stop, which ends the waiting', async () => {
    const stop = new AbortController();
    const target = await open(serverless, stop.signal);
    await target.autoscale?.(false);
    stop.abort(new Error('stopped'));
    await expect(target.scale?.(0)).rejects.toThrow('stopped');
    await opened?.close();
    opened = undefined;
    expect(cluster.replicas.get('openfaas/alertmanager')).toBe(1);
  });

  test('what a killed benchmark has left is put right', async () => {
    cluster.replicas.set('openfaas-fn/classifier', 0);
    cluster.replicas.set('openfaas/alertmanager', 0);
    await restoreTargets(connect({ kubeconfig: cluster.kubeconfig }), [serverless]);
    expect(Object.fromEntries(cluster.replicas)).toMatchObject({
      'openfaas-fn/classifier': 1,
      'openfaas/alertmanager': 1,
    });
  });
});
