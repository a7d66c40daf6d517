import { AppsV1Api, CoreV1Api } from '@kubernetes/client-node';
import { type Cluster, isMissing, type Named } from '../api/index.ts';

/** Deletes what OpenFaaS has made of a function, and does not wait for it; what is not there is as good as deleted. */
export async function deleteObjects(cluster: Cluster, named: Named): Promise<void> {
  await unlessMissing(cluster.makeApiClient(CoreV1Api).deleteNamespacedService(named));
  await unlessMissing(cluster.makeApiClient(AppsV1Api).deleteNamespacedDeployment(named));
}

async function unlessMissing(asked: Promise<unknown>): Promise<void> {
  await asked.catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}
