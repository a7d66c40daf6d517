import { type ClusterOptions, connect } from '../api/index.ts';
import type { ClusterTarget } from './cluster-target.ts';
import type { TargetDescription } from './description.ts';
import { HybridTarget } from './hybrid-target.ts';
import { KubernetesTarget } from './kubernetes-target.ts';

export interface KubernetesTargets {
  targets: ClusterTarget[];
  /** Leaves every deployment as it was found, and ends the watches; due whatever became of the benchmark. */
  close(): Promise<void>;
}

/**
 * The targets of a stack. The signal ends what waits for replicas.
 *
 * @throws Error when the cluster cannot be reached, or a Deployment is not there.
 */
export async function kubernetesTargets(
  descriptions: readonly TargetDescription[],
  { signal, ...options }: ClusterOptions & { signal: AbortSignal },
): Promise<KubernetesTargets> {
  const cluster = connect(options);
  const targets: ClusterTarget[] = [];
  const close = async (): Promise<void> => {
    const ends = await Promise.allSettled(targets.map((target) => target.close()));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
  try {
    for (const description of descriptions) {
      const { hybrid } = description;
      targets.push(
        hybrid === undefined
          ? await KubernetesTarget.of(cluster, description, signal)
          : await HybridTarget.of(cluster, description, hybrid, signal),
      );
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { targets, close };
}
