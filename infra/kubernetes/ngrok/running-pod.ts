import { CoreV1Api } from '@kubernetes/client-node';
import { type Cluster, type Named, readDeployment } from '../api/index.ts';

/**
 * The newest pod of a Deployment that is running and not about to end.
 * @throws Error when there is none.
 */
export async function runningPod(cluster: Cluster, deployment: Named): Promise<string> {
  const { spec } = await readDeployment(cluster, deployment);
  const labelSelector = Object.entries(spec?.selector.matchLabels ?? {})
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  const { namespace, name } = deployment;
  const { items } = await cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector });
  const age = (pod: (typeof items)[number]) => pod.metadata?.creationTimestamp?.getTime() ?? 0;
  const newest = items
    .filter(({ status, metadata }) => status?.phase === 'Running' && metadata?.deletionTimestamp === undefined)
    .sort((one, other) => age(other) - age(one))[0]?.metadata?.name;
  if (newest === undefined) throw new Error(`Deployment ${namespace}/${name} has no running pod`);
  return newest;
}
