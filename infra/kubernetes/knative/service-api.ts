import { CustomObjectsApi, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { type Cluster, isMissing, type Named } from '../api/index.ts';
import type { Conditioned } from './condition.ts';
import { fieldManager } from './objects.ts';
import { notApplied } from './refusal.ts';
import type { ServiceSpec } from './service-spec.ts';

/** A Service of Knative as the cluster holds it, in what is read of it. */
export interface FoundService extends Conditioned {
  metadata?: { generation?: number; deletionTimestamp?: string; annotations?: Record<string, string> };
  spec?: { template?: { metadata?: { annotations?: Record<string, string> }; spec?: Record<string, unknown> } };
  status?: Conditioned['status'] & {
    url?: string;
    latestCreatedRevisionName?: string;
    latestReadyRevisionName?: string;
  };
}

const kind = { group: 'serving.knative.dev', version: 'v1', plural: 'services' };
const serverSideApply = setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply);

/** As `Service fn/classifier of Knative`. */
export function describeService({ namespace, name }: Named): string {
  return `Service ${namespace}/${name} of Knative`;
}

/** Makes a Service, or brings it to what is given; what others have set in it stays. */
export async function applyService(cluster: Cluster, service: ServiceSpec): Promise<void> {
  const { namespace, name, labels, annotations, template } = service;
  const body = {
    apiVersion: `${kind.group}/${kind.version}`,
    kind: 'Service',
    metadata: { namespace, name, labels, annotations },
    spec: {
      template: { metadata: { labels: template.labels, annotations: template.annotations }, spec: template.spec },
    },
  };
  await cluster
    .makeApiClient(CustomObjectsApi)
    .patchNamespacedCustomObject({ ...kind, namespace, name, body, fieldManager, force: true }, serverSideApply)
    .catch((error: unknown) => {
      throw notApplied(describeService(service), error);
    });
}

/** Nothing when there is none. */
export async function findService(cluster: Cluster, { namespace, name }: Named): Promise<FoundService | undefined> {
  try {
    return await cluster.makeApiClient(CustomObjectsApi).getNamespacedCustomObject({ ...kind, namespace, name });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Does not wait for it; what is not there is as good as deleted. */
export async function removeService(cluster: Cluster, { namespace, name }: Named): Promise<void> {
  const asked = cluster.makeApiClient(CustomObjectsApi).deleteNamespacedCustomObject({ ...kind, namespace, name });
  await asked.catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}
