import { AutoscalingV2Api, CustomObjectsApi } from '@kubernetes/client-node';
import { type Cluster, mergePatch, type Named, scaleDeployment, watchDeployment } from '../api/index.ts';
import type { Autoscaler } from './description.ts';

/** Lets an autoscaler act, or leaves it no more than one replica. Resolves when it does what it was told. */
export async function switchAutoscaler(
  cluster: Cluster,
  autoscaler: Autoscaler,
  on: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { namespace, name } = autoscaler;
  if (autoscaler.kind === 'hpa') {
    const { min, max } = autoscaler;
    const body = { spec: on ? { minReplicas: min, maxReplicas: max } : { minReplicas: 1, maxReplicas: 1 } };
    const api = cluster.makeApiClient(AutoscalingV2Api);
    await api.patchNamespacedHorizontalPodAutoscaler({ namespace, name, body }, mergePatch);
    return;
  }
  if (autoscaler.kind === 'knative') {
    await boundReplicas(cluster, autoscaler, on ? autoscaler : { min: 1, max: 1 });
    return;
  }
  const replicas = on ? 1 : 0;
  const watched = await watchDeployment(cluster, { namespace, name });
  try {
    await scaleDeployment(cluster, { namespace, name }, replicas);
    await watched.reached(replicas, signal);
  } finally {
    await watched.stop();
  }
}

/**
 * Has Knative's autoscaler keep a revision within bounds, and does not wait for it. The Deployment itself it would set
 * back, and zero replicas it leaves only when nobody has asked for a while.
 */
export async function boundReplicas(
  cluster: Cluster,
  { namespace, name }: Named,
  { min, max }: { min: number; max: number },
): Promise<void> {
  const api = cluster.makeApiClient(CustomObjectsApi);
  const annotations = {
    'autoscaling.knative.dev/min-scale': String(min),
    'autoscaling.knative.dev/max-scale': String(max),
  };
  const body = { metadata: { annotations } };
  // The autoscaler acts by its own object, which Knative makes of the revision.
  const revisions = { group: 'serving.knative.dev', version: 'v1', plural: 'revisions' };
  const autoscalers = { group: 'autoscaling.internal.knative.dev', version: 'v1alpha1', plural: 'podautoscalers' };
  for (const of of [revisions, autoscalers]) {
    await api.patchNamespacedCustomObject({ ...of, namespace, name, body }, mergePatch);
  }
}
