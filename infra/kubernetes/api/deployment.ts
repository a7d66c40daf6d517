import { AppsV1Api, PatchStrategy, setHeaderOptions, type V1Deployment } from '@kubernetes/client-node';
import type { Cluster } from './connect.ts';
import { existing, isMissing } from './existing.ts';

/** Names an object in its namespace. */
export interface Named {
  namespace: string;
  name: string;
}

/** The content type of every patch here: keys given replace, others stay. */
export const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

/** @throws Error when there is none. */
export async function readDeployment(cluster: Cluster, { namespace, name }: Named): Promise<V1Deployment> {
  const asked = cluster.makeApiClient(AppsV1Api).readNamespacedDeployment({ namespace, name });
  return existing(asked, `Deployment ${namespace}/${name}`);
}

/** Nothing when there is none. */
export async function findDeployment(cluster: Cluster, deployment: Named): Promise<V1Deployment | undefined> {
  try {
    return await readDeployment(cluster, deployment);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Sets how many replicas are wanted, and does not wait for them. */
export async function scaleDeployment(cluster: Cluster, { namespace, name }: Named, replicas: number): Promise<void> {
  const body = { spec: { replicas } };
  await cluster.makeApiClient(AppsV1Api).patchNamespacedDeploymentScale({ namespace, name, body }, mergePatch);
}
