import { resolve } from 'node:path';
import { type Profile, profiles, readPhotos, type Step, scenarios } from '../bench/index.ts';
import { connect, describeDeployments, kubernetesTargets, type TargetDescription } from '../infra/kubernetes/plain.ts';
import { type Measured, measure } from './measure.ts';

/** What is measured of a stack, and how much. */
export interface KubernetesRun {
  name: string;
  cluster: { kubeconfig?: string | undefined; context?: string | undefined };
  targets: readonly TargetDescription[];
  profile: Profile;
  /** Names of scenarios; none means all. */
  scenarios: readonly string[];
  seed: number;
  /** A folder of photos; without it, those that come with the project. */
  photos?: string | undefined;
  results: string;
  /** In place of the profile's: OpenFaaS takes minutes to scale up. */
  autoscaling: { rate: number; seconds: number; quietSeconds: number };
  signal: AbortSignal;
}

/** Benchmarks deployments of a cluster. Whatever happens, they are left as they were found and samples stay. */
export async function measureKubernetes(
  { cluster, targets: descriptions, signal, ...options }: KubernetesRun,
  show?: (steps: readonly Step[]) => Promise<unknown>,
): Promise<Measured> {
  const photos = await readPhotos(options.photos);
  const deployment = { ...(await describeDeployments(connect(cluster), descriptions)), client: 'host' as const };
  const { targets, close } = await kubernetesTargets(descriptions, { ...cluster, signal });
  try {
    return await measure(
      {
        name: options.name,
        results: resolve(options.results),
        profile: options.profile,
        settings: { ...profiles[options.profile], autoscaling: options.autoscaling },
        seed: options.seed,
        targets,
        scenarios: scenarios.filter(({ name }) => options.scenarios.length === 0 || options.scenarios.includes(name)),
        photos,
        signal,
        deployment,
      },
      show,
    );
  } finally {
    await close();
  }
}
