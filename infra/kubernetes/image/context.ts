import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { type ClusterOptions, connect } from '../api/index.ts';

/**
 * The name of the context that the cluster is reached by: the configured one, else the kubeconfig's current one.
 * @throws RunError when there is no such kubeconfig, or no context in it.
 */
export async function contextOf(cluster: StackConfig['kubernetes']): Promise<string> {
  if (cluster.context !== undefined) return cluster.context;
  const options = await new Promise<ClusterOptions>((resolve) => pulumi.output(cluster).apply(resolve));
  try {
    return connect(options).getCurrentContext();
  } catch (error) {
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}
