import type { V1Deployment, V1EnvVar, V1PodSpec } from '@kubernetes/client-node';
import { type Cluster, findDeployment } from '../api/index.ts';
import { asWanted } from './quantity.ts';
import type { FunctionSpec, Quantities } from './spec.ts';

/**
 * A function's spec as it stands in the cluster; nothing when it is gone or about to go. It is read from the function's
 * Deployment, since the gateway tells neither the environment nor the root file system, and may be gone itself.
 */
export async function readDeployed(cluster: Cluster, wanted: FunctionSpec): Promise<FunctionSpec | undefined> {
  const { namespace, service: name } = wanted;
  const deployment = await findDeployment(cluster, { namespace, name });
  if (deployment === undefined || deployment.metadata?.deletionTimestamp !== undefined) return undefined;
  return deployedSpec(wanted, deployment);
}

/** Leaves out what OpenFaaS adds by itself, so that a function that it has deployed as wanted equals the wanted one. */
export function deployedSpec(wanted: FunctionSpec, { spec }: V1Deployment): FunctionSpec {
  const pod = spec?.template.spec;
  const container = pod?.containers[0];
  const labels = spec?.template.metadata?.labels ?? {};
  return {
    ...wanted,
    image: container?.image ?? '',
    labels: Object.fromEntries(Object.entries(labels).filter(([key]) => Object.hasOwn(wanted.labels, key))),
    envVars: deployedEnv(wanted, container?.env),
    limits: deployedQuantities(wanted.limits, container?.resources?.limits),
    requests: deployedQuantities(wanted.requests, container?.resources?.requests),
    secrets: deployedSecrets(wanted, pod),
    readOnlyRootFilesystem: container?.securityContext?.readOnlyRootFilesystem ?? false,
  };
}

/** What newer versions of OpenFaaS give every function by themselves begins so (openfaas/faas-cli, commands/local_run.go). */
const given = 'OPENFAAS_';

function deployedEnv({ envVars }: FunctionSpec, env: V1EnvVar[] = []): Record<string, string> {
  const deployed = env.filter(({ name }) => Object.hasOwn(envVars, name) || !name.startsWith(given));
  // A value that comes from elsewhere is another one than a text.
  return Object.fromEntries(
    deployed.map(({ name, value, valueFrom }) => [name, valueFrom ? JSON.stringify(valueFrom) : (value ?? '')]),
  );
}

/** A quantity that is not there is an empty text. */
function deployedQuantities(wanted: Quantities, { cpu = '', memory = '' }: Record<string, string> = {}): Quantities {
  return { cpu: asWanted(wanted.cpu, cpu), memory: asWanted(wanted.memory, memory) };
}

/** Of those that are wanted: OpenFaaS adds the Secrets to pull with again at each update, and takes none away. */
function deployedSecrets({ secrets }: FunctionSpec, pod: V1PodSpec | undefined): string[] {
  const mounted = pod?.volumes?.flatMap(({ projected }) => projected?.sources ?? []) ?? [];
  const names = [...(pod?.imagePullSecrets ?? []), ...mounted.flatMap(({ secret }) => secret ?? [])];
  return secrets.filter((wanted) => names.some(({ name }) => name === wanted));
}
