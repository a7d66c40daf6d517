import { CoreV1Api } from '@kubernetes/client-node';
import { type Cluster, labelSelector, type Named, readDeployment } from '../api/index.ts';
import { NoAgent } from './no-agent.ts';

/**
 * The newest pod of a Deployment that is running and not about to end.
 * @throws NoAgent when there is none.
 */
export async function runningPod(cluster: Cluster, deployment: Named): Promise<string> {
  const { spec } = await readDeployment(cluster, deployment);
  const selected = labelSelector(spec?.selector.matchLabels);
  const { namespace, name } = deployment;
  const { items } = await cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector: selected });
  const age = (pod: (typeof items)[number]) => pod.metadata?.creationTimestamp?.getTime() ?? 0;
  const newest = items
    .filter(({ status, metadata }) => status?.phase === 'Running' && metadata?.deletionTimestamp === undefined)
    .sort((one, other) => age(other) - age(one))[0]?.metadata?.name;
  if (newest === undefined) throw new NoAgent(`Deployment ${namespace}/${name} has no running pod`);
  return newest;
}
