import { AutoscalingV2Api } from '@kubernetes/client-node';
import { boundReplicas, type Cluster, mergePatch, scaleDeployment, watchDeployment } from '../api/index.ts';
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
