import { type Cluster, readDeployment, scaleDeployment } from '../api/index.ts';
import { switchAutoscaler } from './autoscaler.ts';
import type { TargetDescription } from './description.ts';
import { restoreHybrid } from './hybrid-target.ts';

/** Milliseconds that the autoscalers get to act again. */
const patienceMs = 60_000;

/** Leaves targets as they are described, after a benchmark that could not do it itself. */
export async function restoreTargets(cluster: Cluster, targets: readonly TargetDescription[]): Promise<void> {
  for (const { deployment, autoscaler, minReplicas, hybrid } of targets) {
    if (hybrid !== undefined) {
      await restoreHybrid(cluster, hybrid, autoscaler);
      continue;
    }
    // Knative's has the replicas in its hands.
    if (autoscaler?.kind !== 'knative') {
      const { spec } = await readDeployment(cluster, deployment);
      if ((spec?.replicas ?? 0) < minReplicas) await scaleDeployment(cluster, deployment, minReplicas);
    }
    if (autoscaler !== undefined) {
      await switchAutoscaler(cluster, autoscaler, true, AbortSignal.timeout(patienceMs));
    }
  }
}
