import { setTimeout as sleep } from 'node:timers/promises';
import { BatchV1Api, CoreV1Api, type V1Pod } from '@kubernetes/client-node';
import { type Cluster, type Forward, forward, isMissing, isReady, whyNotReady } from '../api/index.ts';
import { ports } from './loader.ts';
import { jobManifest } from './manifest.ts';
import type { JobPlace } from './place.ts';

/** A pod of the cluster that runs a program of this machine. */
export interface NodeJob {
  /** Where the port of the program is reached from here. */
  url: string;
  /** Removes the Job and its pod; due whatever became of the program. */
  remove(): Promise<void>;
}

/** The port that the program may listen on, at 127.0.0.1 of its pod. */
export const programPort = ports.program;

const patienceMs = 300_000;
const everyMs = 500;

/**
 * Starts a Job, hands it a program (an ES module that exports `runJob`) and its order, and resolves when it has begun.
 *
 * @throws Error with what keeps the pod from starting; the Job is removed then.
 */
export async function startNodeJob(
  cluster: Cluster,
  place: JobPlace,
  sent: { program: string; order: unknown },
  signal: AbortSignal,
): Promise<NodeJob> {
  const { namespace } = place;
  const batch = cluster.makeApiClient(BatchV1Api);
  signal.throwIfAborted();
  const { metadata } = await batch.createNamespacedJob({ namespace, body: jobManifest(place) });
  const name = metadata?.name ?? '';
  const forwards: Forward[] = [];
  const remove = async (): Promise<void> => {
    await Promise.all(forwards.map((each) => each.close()));
    await batch.deleteNamespacedJob({ namespace, name, propagationPolicy: 'Background' }).catch((error: unknown) => {
      // The cluster may have been first.
      if (!isMissing(error)) throw error;
    });
  };
  try {
    const pod = await readyPod(cluster, { namespace, name }, signal);
    for (const port of [ports.loader, ports.program]) forwards.push(await forward(cluster, { namespace, pod, port }));
    const [loader, program] = forwards;
    await hand(`${loader?.url}/`, JSON.stringify(sent), signal);
    return { url: `${program?.url}/`, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function readyPod(
  cluster: Cluster,
  { namespace, name }: { namespace: string; name: string },
  signal: AbortSignal,
): Promise<string> {
  const core = cluster.makeApiClient(CoreV1Api);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { items } = await core.listNamespacedPod({ namespace, labelSelector: `job-name=${name}` });
    const pod: V1Pod | undefined = items[0];
    if (pod?.metadata?.name !== undefined && isReady(pod)) return pod.metadata.name;
    const why = pod === undefined ? 'there is none yet' : whyNotReady(pod);
    if (pod?.status?.phase === 'Failed' || performance.now() > deadline) {
      throw new Error(`the pod of the Job ${namespace}/${name} does not run: ${why}`);
    }
    await sleep(everyMs, undefined, { signal });
  }
}

/** The connection may break on its way through the cluster's API, so it is tried again. */
async function hand(url: string, body: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + patienceMs / 5;
  for (;;) {
    const answer = await fetch(url, { method: 'POST', body, signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      if (performance.now() > deadline) throw new Error(`the Job did not take its program: ${error}`);
    });
    if (answer?.ok) return;
    if (answer !== undefined) throw new Error(`the Job did not take its program: ${await answer.text()}`);
    await sleep(everyMs, undefined, { signal });
  }
}
