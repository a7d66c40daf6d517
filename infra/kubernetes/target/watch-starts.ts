import { setTimeout as sleep } from 'node:timers/promises';
import { CoreV1Api, type CoreV1Event, type V1Pod } from '@kubernetes/client-node';
import { type Cluster, type Followed, follow, labelSelector, type Named, readDeployment } from '../api/index.ts';

/**
 * What the cluster did before a replica's program could run: when it told that the pod was there, that it had a node,
 * and that the node had the image. Milliseconds since 1970 by this process's clock: the times in the objects themselves
 * are whole seconds. What the cluster did not tell is absent.
 */
export interface StartSteps {
  created?: number;
  scheduled?: number;
  pulled?: number;
}

export interface WatchedStarts {
  /** Of the first pod that came after that time. */
  since(time: number): Promise<StartSteps>;
  stop(): Promise<void>;
}

/** Milliseconds that an event gets to arrive: a kubelet sends its events after the fact. */
const patienceMs = 1000;
const everyMs = 20;

/** @throws Error when there is no such Deployment, or its pods cannot be followed. */
export async function watchStarts(cluster: Cluster, deployment: Named): Promise<WatchedStarts> {
  const { namespace } = deployment;
  const { spec } = await readDeployment(cluster, deployment);
  const selected = labelSelector(spec?.selector.matchLabels);
  const container = spec?.template.spec?.containers[0]?.name;
  const starts = new Map<string, StartSteps>();
  const note = (pod: string | undefined, step: keyof StartSteps): void => {
    const steps = starts.get(pod ?? '') ?? {};
    steps[step] ??= performance.timeOrigin + performance.now();
    starts.set(pod ?? '', steps);
  };
  const notePods = (): void => {
    for (const { metadata, status } of pods?.list() ?? []) {
      note(metadata?.name, 'created');
      if (status?.conditions?.some(isScheduled)) note(metadata?.name, 'scheduled');
    }
  };
  const noteEvents = (): void => {
    for (const { involvedObject } of events?.list() ?? []) {
      // Other containers are sidecars.
      if (involvedObject.fieldPath === `spec.containers{${container}}`) note(involvedObject.name, 'pulled');
    }
  };
  const api = cluster.makeApiClient(CoreV1Api);
  let pods: Followed<V1Pod> | undefined;
  pods = await follow(cluster, {
    path: `/api/v1/namespaces/${namespace}/pods`,
    labelSelector: selected,
    read: () => api.listNamespacedPod({ namespace, labelSelector: selected }),
    onChange: notePods,
  });
  const fieldSelector = 'involvedObject.kind=Pod,reason=Pulled';
  let events: Followed<CoreV1Event> | undefined;
  events = await follow(cluster, {
    path: `/api/v1/namespaces/${namespace}/events`,
    fieldSelector,
    read: () => api.listNamespacedEvent({ namespace, fieldSelector }),
    onChange: noteEvents,
    // Whoever may not read events still hears of pods.
  }).catch(() => undefined);
  // Of the first lists, no change is told.
  notePods();
  noteEvents();
  const firstSince = (time: number): StartSteps =>
    [...starts.values()].find(({ created }) => created !== undefined && created >= time) ?? {};
  return {
    since: async (time) => {
      const deadline = performance.now() + patienceMs;
      while (events !== undefined && firstSince(time).pulled === undefined && performance.now() < deadline) {
        await sleep(everyMs);
      }
      return { ...firstSince(time) };
    },
    stop: async () => {
      await Promise.all([pods?.stop(), events?.stop()]);
    },
  };
}

function isScheduled({ type, status }: { type: string; status: string }): boolean {
  return type === 'PodScheduled' && status === 'True';
}
