import { CoreV1Api, type V1Deployment, VersionApi } from '@kubernetes/client-node';
import { type Cluster, labelSelector, readDeployment } from '../api/index.ts';
import type { TargetDescription } from './description.ts';

/** What the figures of a benchmark hold for, as the cluster itself tells it. */
export interface DeploymentFacts {
  cluster: {
    version: string;
    nodes: { name: string; cpu: string; memory: string; os: string; runtime: string }[];
  };
  targets: {
    name: string;
    image: string;
    imageDigest?: string;
    cpu?: string;
    memory?: string;
    chart?: string;
  }[];
}

/** @throws Error when a Deployment is not there, or may not be read. */
export async function describeDeployments(
  cluster: Cluster,
  targets: readonly TargetDescription[],
): Promise<DeploymentFacts> {
  const { gitVersion } = await cluster.makeApiClient(VersionApi).getCode();
  const { items } = await cluster.makeApiClient(CoreV1Api).listNode();
  return {
    cluster: {
      version: gitVersion,
      nodes: items.map(({ metadata, status }) => ({
        name: metadata?.name ?? '',
        cpu: status?.capacity?.['cpu'] ?? 'unknown',
        memory: status?.capacity?.['memory'] ?? 'unknown',
        os: status?.nodeInfo?.osImage ?? 'unknown',
        runtime: status?.nodeInfo?.containerRuntimeVersion ?? 'unknown',
      })),
    },
    targets: await Promise.all(targets.map((target) => describeTarget(cluster, target))),
  };
}

async function describeTarget(
  cluster: Cluster,
  { name, deployment, autoscaler }: TargetDescription,
): Promise<DeploymentFacts['targets'][number]> {
  const found = await readDeployment(cluster, deployment);
  // Others are sidecars.
  const container = found.spec?.template.spec?.containers[0];
  const { cpu, memory } = container?.resources?.limits ?? {};
  const imageDigest = await digestOf(cluster, deployment.namespace, found, container?.name);
  const chart = autoscaler?.kind === 'alertmanager' ? chartOf(await readDeployment(cluster, autoscaler)) : undefined;
  return {
    name,
    image: container?.image ?? 'unknown',
    ...(imageDigest === undefined ? {} : { imageDigest }),
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
    ...(chart === undefined ? {} : { chart }),
  };
}

/** Of what a pod of the Deployment runs; a tag alone may have moved since. */
async function digestOf(
  cluster: Cluster,
  namespace: string,
  { spec }: V1Deployment,
  container: string | undefined,
): Promise<string | undefined> {
  const selected = labelSelector(spec?.selector.matchLabels);
  const { items } = await cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector: selected });
  const statuses = items.flatMap(({ status }) => status?.containerStatuses ?? []);
  return /sha256:[0-9a-f]+/.exec(statuses.find(({ name }) => name === container)?.imageID ?? '')?.[0];
}

/** Charts label what they make, in an older or a newer way. */
function chartOf({ metadata }: V1Deployment): string | undefined {
  return metadata?.labels?.['helm.sh/chart'] ?? metadata?.labels?.['chart'];
}
