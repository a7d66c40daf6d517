import { CoreV1Api } from '@kubernetes/client-node';
import { type Cluster, findDeployment, isReady, type Named, whyNotReady } from '../api/index.ts';

/** Why a function's Deployment has not all of its replicas in their newest kind; nothing when it has. */
export async function whyNotRolledOut(cluster: Cluster, deployment: Named): Promise<string | undefined> {
  const found = await findDeployment(cluster, deployment);
  if (found === undefined) return 'it has no Deployment yet';
  const { spec, status, metadata } = found;
  const wanted = spec?.replicas ?? 1;
  const { observedGeneration = 0, updatedReplicas = 0, availableReplicas = 0, replicas = 0 } = status ?? {};
  if (observedGeneration < (metadata?.generation ?? 0)) return 'the cluster has not taken up its newest state yet';
  if (updatedReplicas >= wanted && availableReplicas >= wanted && replicas === wanted) return undefined;
  const older = replicas - updatedReplicas;
  // Which ones are available is not told; so many of the newest kind must be, if all others are.
  const ready = Math.max(0, Math.min(updatedReplicas, availableReplicas - older));
  const left = older > 0 ? `, ${older} of an older kind left` : '';
  const reasons = (await pods(cluster, deployment)).filter((pod) => !isReady(pod)).map(whyNotReady);
  const why = reasons.length === 0 ? '' : ` (${[...new Set(reasons)].join(', ')})`;
  return `${ready} of ${wanted} replicas ready${left}${why}`;
}

/** Why a function that was removed is not gone yet; nothing when it is. */
export async function whyNotGone(cluster: Cluster, deployment: Named): Promise<string | undefined> {
  if ((await findDeployment(cluster, deployment)) !== undefined) return 'its Deployment is still there';
  const left = (await pods(cluster, deployment)).length;
  return left === 0 ? undefined : `${left} of its pods are ending`;
}

async function pods(cluster: Cluster, { namespace, name }: Named) {
  const labelSelector = `faas_function=${name}`;
  return (await cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector })).items;
}
