import { EventEmitter, once } from 'node:events';
import { AppsV1Api, CoreV1Api, type V1Pod } from '@kubernetes/client-node';
import type { Cluster } from './connect.ts';
import { type Named, readDeployment } from './deployment.ts';
import { type Followed, follow } from './follow.ts';
import { labelSelector } from './label-selector.ts';
import { isReady, whyNotReady } from './pod.ts';

/** How many replicas a Deployment has, kept in memory: reading it asks nobody. */
export interface WatchedDeployment {
  /** Pods that answer, and those that the platform wants. */
  replicas(): { ready: number; desired: number };
  /**
   * Resolves when so many replicas are ready and no other pod of the Deployment is left.
   *
   * @throws Error that names the pods that are not as wanted, after a time; the signal's reason when it is aborted.
   */
  reached(replicas: number, signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** Milliseconds that pods get to start or end: a node may have to pull an image, a model may be large. */
const patienceMs = 300_000;

/** @throws Error when there is no such Deployment. */
export async function watchDeployment(
  cluster: Cluster,
  of: Named,
  timeoutMs: number = patienceMs,
): Promise<WatchedDeployment> {
  const { namespace, name } = of;
  const { spec } = await readDeployment(cluster, of);
  const selected = labelSelector(spec?.selector.matchLabels);
  const fieldSelector = `metadata.name=${name}`;
  const changes = new EventEmitter();
  const onChange = (): void => void changes.emit('change');
  const pods = await follow(cluster, {
    path: `/api/v1/namespaces/${namespace}/pods`,
    labelSelector: selected,
    read: () => cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector: selected }),
    onChange,
  });
  const deployments = await follow(cluster, {
    path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
    fieldSelector,
    read: () => cluster.makeApiClient(AppsV1Api).listNamespacedDeployment({ namespace, fieldSelector }),
    onChange,
  }).catch(async (error: unknown) => {
    await pods.stop();
    throw error;
  });
  return {
    replicas: () => ({
      ready: pods.list().filter(isReady).length,
      desired: deployments.list()[0]?.spec?.replicas ?? 0,
    }),
    reached: (replicas, signal) =>
      reached(pods, replicas, changes, AbortSignal.any([signal, late(of, pods, replicas, timeoutMs)])),
    stop: async () => {
      await Promise.all([pods.stop(), deployments.stop()]);
    },
  };
}

async function reached(
  pods: Followed<V1Pod>,
  replicas: number,
  changes: EventEmitter,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const there = pods.list();
    if (there.length === replicas && there.every(isReady)) return;
    await once(changes, 'change', { signal }).catch(() => signal.throwIfAborted());
  }
}

/** Aborts with what is missing once it takes too long. */
function late({ namespace, name }: Named, pods: Followed<V1Pod>, wanted: number, timeoutMs: number): AbortSignal {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    const states = pods.list().map((pod) => `${pod.metadata?.name} is ${isReady(pod) ? 'ready' : whyNotReady(pod)}`);
    const found = states.join(', ') || 'there is none';
    controller.abort(
      new Error(`${namespace}/${name} has not ${wanted} replicas after ${timeoutMs / 1000} s: ${found}`),
    );
  }, timeoutMs);
  timer.unref();
  return controller.signal;
}
