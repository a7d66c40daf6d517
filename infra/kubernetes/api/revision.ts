import { CustomObjectsApi } from '@kubernetes/client-node';
import type { Cluster } from './connect.ts';
import { mergePatch, type Named } from './deployment.ts';
import { isMissing } from './existing.ts';

/** Between how many replicas Knative's autoscaler keeps a revision. No most is 0, as Knative writes it. */
export interface Bounds {
  min: number;
  max: number;
}

type Annotations = Record<string, string>;

const least = 'autoscaling.knative.dev/min-scale';
const most = 'autoscaling.knative.dev/max-scale';

// The autoscaler acts by its own object, which Knative makes of the revision.
const bounded = [
  { group: 'serving.knative.dev', version: 'v1', plural: 'revisions' },
  { group: 'autoscaling.internal.knative.dev', version: 'v1alpha1', plural: 'podautoscalers' },
];

/** As the annotations of Knative's objects say it. */
export function boundAnnotations({ min, max }: Bounds): Annotations {
  return { [least]: String(min), [most]: String(max) };
}

/** What annotations say of it. */
export function boundsIn({ [least]: min = '0', [most]: max = '0' }: Annotations): Bounds {
  return { min: Number(min), max: Number(max) };
}

/**
 * Has Knative's autoscaler keep a revision within bounds, and does not wait for it. The Deployment itself it would set
 * back, and zero replicas it leaves only when nobody has asked for a while.
 */
export async function boundReplicas(cluster: Cluster, { namespace, name }: Named, bounds: Bounds): Promise<void> {
  const api = cluster.makeApiClient(CustomObjectsApi);
  const body = { metadata: { annotations: boundAnnotations(bounds) } };
  for (const of of bounded) await api.patchNamespacedCustomObject({ ...of, namespace, name, body }, mergePatch);
}

/** The bounds of a revision and those that its autoscaler acts by, of those objects that are there. */
export async function readBounds(cluster: Cluster, { namespace, name }: Named): Promise<Bounds[]> {
  const api = cluster.makeApiClient(CustomObjectsApi);
  const read = bounded.map(async (of): Promise<Bounds[]> => {
    try {
      const found: { metadata?: { annotations?: Annotations } } = await api.getNamespacedCustomObject({
        ...of,
        namespace,
        name,
      });
      return [boundsIn(found.metadata?.annotations ?? {})];
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  });
  return (await Promise.all(read)).flat();
}
