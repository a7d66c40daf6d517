import { CoreV1Api } from '@kubernetes/client-node';
import type { Cluster } from '../api/index.ts';

/**
 * The address of a node, on which every NodePort answers.
 * @throws Error when no node tells one.
 */
export async function nodeAddress(cluster: Cluster): Promise<string> {
  const { items } = await cluster.makeApiClient(CoreV1Api).listNode();
  const address = items
    .flatMap(({ status }) => status?.addresses ?? [])
    .find(({ type }) => type === 'InternalIP')?.address;
  if (address === undefined) throw new Error('no node of the cluster has an InternalIP: set exposure:host');
  return address;
}
