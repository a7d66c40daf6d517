import { AppsV1Api, PatchStrategy, setHeaderOptions, type V1Deployment } from '@kubernetes/client-node';
import { type Cluster, type Named, readDeployment, until } from '../api/index.ts';

/** By variable: what it says. */
export type Variables = Readonly<Record<string, string>>;

/** Milliseconds that a router gets to be replaced, and between two looks. */
const patienceMs = 120_000;
const everyMs = 200;

const strategicMergePatch = setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch);

/**
 * Sets variables of a router, which reads them when it starts, and resolves when one that has read them answers. What
 * the one before has let in, it finishes.
 *
 * @throws Error when there is no such Deployment, or its pod does not get ready.
 */
export async function setVariables(
  cluster: Cluster,
  router: Named,
  variables: Variables,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const { spec } = await readDeployment(cluster, router);
  // Others are sidecars.
  const [container] = spec?.template.spec?.containers ?? [];
  const now = new Map((container?.env ?? []).map(({ name, value }) => [name, value]));
  const changes = Object.entries(variables).filter(([name, value]) => now.get(name) !== value);
  if (changes.length > 0) {
    const env = changes.map(([name, value]) => ({ name, value }));
    // A new one goes to the end: in front, the cluster's own place for it, Pulumi takes it for a change of the first.
    const order = [...new Set([...now.keys(), ...changes.map(([name]) => name)])].map((name) => ({ name }));
    const changed = { name: container?.name, env, '$setElementOrder/env': order };
    const body = { spec: { template: { spec: { containers: [changed] } } } };
    await cluster.makeApiClient(AppsV1Api).patchNamespacedDeployment({ ...router, body }, strategicMergePatch);
  }
  const pending = async () => whyNotReplaced(await readDeployment(cluster, router));
  const what = `${router.namespace}/${router.name}`;
  await until({ signal, progress: () => undefined, pending, patienceMs, everyMs }, `${what} was not replaced`);
}

function whyNotReplaced({ metadata, spec, status }: V1Deployment): string | undefined {
  const wanted = spec?.replicas ?? 1;
  const { observedGeneration = 0, updatedReplicas = 0, availableReplicas = 0, replicas = 0 } = status ?? {};
  if (observedGeneration < (metadata?.generation ?? 0)) return 'the cluster has not taken up its newest state yet';
  if (updatedReplicas >= wanted && availableReplicas >= wanted && replicas === wanted) return undefined;
  return `${updatedReplicas} of ${wanted} pods are of the newest kind, and ${availableReplicas} ready`;
}
