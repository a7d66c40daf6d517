import type { DeployedFunction } from './deployed-function.ts';

/**
 * A function as GET /system/functions and /system/function/NAME tell it. Counts of zero and empty fields are left out,
 * as OpenFaaS does: clients take an absent count as zero.
 */
export function describeFunction(deployed: DeployedFunction, namespace: string): Record<string, unknown> {
  const { name, image, envVars, labels, annotations, limits, requests, readOnlyRootFilesystem } = deployed.deployment;
  const { desired, available } = deployed.replicas;
  return {
    name,
    image,
    namespace,
    ...(Object.keys(envVars).length > 0 ? { envVars } : {}),
    labels: { ...labels, faas_function: name },
    annotations: { 'prometheus.io.scrape': 'false', ...annotations },
    ...(limits === undefined ? {} : { limits }),
    ...(requests === undefined ? {} : { requests }),
    ...(readOnlyRootFilesystem ? { readOnlyRootFilesystem } : {}),
    ...positive({ invocationCount: deployed.invocations, replicas: desired, availableReplicas: available }),
    createdAt: deployed.createdAt.toISOString(),
  };
}

function positive(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
