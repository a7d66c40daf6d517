import { type KubernetesObject, KubernetesObjectApi, PatchStrategy } from '@kubernetes/client-node';
import { z } from 'zod';
import { type Cluster, isMissing } from '../api/index.ts';
import { notApplied } from './refusal.ts';

/** Names an object of any kind. */
export const objectNameSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
});
export type ObjectName = z.infer<typeof objectNameSchema>;

/** As whom objects are applied: what others have set in them stays. */
export const fieldManager = 'faceoff';

/** Objects of any kind, also of those that the cluster learns while it runs. */
export class Objects {
  readonly #api: KubernetesObjectApi;

  constructor(cluster: Cluster) {
    this.#api = KubernetesObjectApi.makeApiClient(cluster);
  }

  /**
   * Makes an object, or brings it to what is given.
   * @throws Refused when trying again is of no use; another Error when it may be, as of a kind that was defined just now.
   */
  async apply(object: KubernetesObject): Promise<void> {
    const by = PatchStrategy.ServerSideApply;
    await this.#api.patch(object, undefined, undefined, fieldManager, true, by).catch((error: unknown) => {
      throw notApplied(describeObject(nameOf(object)), error);
    });
  }

  /** Nothing when there is none, or the cluster does not know the kind. */
  async find<T extends KubernetesObject>(name: ObjectName): Promise<T | undefined> {
    try {
      return (await this.#api.read(headerOf(name))) as T;
    } catch (error) {
      if (isMissing(error) || isUnknownKind(error)) return undefined;
      throw error;
    }
  }

  /** Does not wait for it; what is not there is as good as deleted. */
  async remove(name: ObjectName): Promise<void> {
    const propagation = 'Background';
    await this.#api
      .delete(headerOf(name), undefined, undefined, undefined, undefined, propagation)
      .catch((error: unknown) => {
        if (!isMissing(error) && !isUnknownKind(error)) throw error;
      });
  }
}

export function nameOf({ apiVersion = '', kind = '', metadata }: KubernetesObject): ObjectName {
  const { name = '', namespace } = metadata ?? {};
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

/** As the library takes it. */
function headerOf({ apiVersion, kind, metadata: { name, namespace } }: ObjectName) {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

/** As `Deployment knative-serving/activator`. */
export function describeObject({ kind, metadata: { name, namespace } }: ObjectName): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The library has no class of its own for this. */
function isUnknownKind(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Unrecognized API version and kind');
}
