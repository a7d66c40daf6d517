import { resolve } from 'node:path';
import { readPhotos, type Step, scenarios } from '../bench/index.ts';
import { connect } from '../infra/kubernetes/api/index.ts';
import { describeDeployments, kubernetesTargets } from '../infra/kubernetes/target/index.ts';
import { type ClusterRun, settingsOf } from './cluster-run.ts';
import { type Measured, measure } from './measure.ts';

/**
 * Measures a stack's targets from here. Whatever happens, their autoscalers and replicas are left as they were found.
 *
 * @throws Error when the cluster or a Deployment cannot be reached; what goes wrong later is told in the result.
 */
export async function measureCluster(
  run: ClusterRun,
  signal: AbortSignal,
  show?: (steps: readonly Step[]) => Promise<unknown>,
): Promise<Measured> {
  const photos = await readPhotos(run.photos);
  const deployment = await describeDeployments(connect(run.cluster), run.targets);
  const { targets, close } = await kubernetesTargets(run.targets, { ...run.cluster, signal });
  try {
    return await measure(
      {
        name: run.name,
        results: resolve(run.results),
        profile: run.profile,
        settings: settingsOf(run),
        seed: run.seed,
        targets,
        scenarios: scenarios.filter(({ name }) => run.scenarios.length === 0 || run.scenarios.includes(name)),
        photos,
        signal,
        deployment: { ...deployment, client: 'host' },
        prices: run.prices,
        checks: run.checks,
      },
      show,
    );
  } finally {
    await close();
  }
}
