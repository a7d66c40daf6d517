import { CoreV1Api, type KubernetesObject, type V1Deployment, type V1Namespace } from '@kubernetes/client-node';
import { type Cluster, isReady, labelSelector, until, type Waiting, whyNotReady } from '../api/index.ts';
import { type Conditioned, whyNotTrue } from './condition.ts';
import { describeObject, nameOf, type ObjectName, Objects } from './objects.ts';
import { applied } from './refusal.ts';

type Patience = Omit<Waiting, 'pending'>;

/** Says of a namespace which stack has made it, so that no other takes it for its own. */
const owner = 'faceoff/stack';

/**
 * Applies objects, and waits until the kinds that they define are known and the Deployments among them are available.
 * @param stack Whose they are.
 * @throws Error that names the object, its condition and why it does not hold.
 */
export async function install(
  cluster: Cluster,
  given: readonly KubernetesObject[],
  stack: string,
  patience: Patience,
): Promise<void> {
  const objects = new Objects(cluster);
  const marked = given.map((object) => (object.kind === 'Namespace' ? withOwner(object, stack) : object));
  const kinds = marked.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const first = marked.filter(({ kind }) => kind === 'Namespace');
  for (const object of [...first, ...kinds]) await applyOne(objects, object, patience);
  await allTrue(objects, kinds, patience, (found) => Promise.resolve(whyNotTrue(found, 'Established')));
  for (const object of marked) {
    if (!first.includes(object) && !kinds.includes(object)) await applyOne(objects, object, patience);
  }
  const programs = marked.filter(({ kind }) => kind === 'Deployment');
  await allTrue(objects, programs, patience, (found) => whyNotAvailable(cluster, found));
}

/** Removes objects in the opposite order, and waits until none is left. */
export async function uninstall(cluster: Cluster, names: readonly ObjectName[], patience: Patience): Promise<void> {
  const objects = new Objects(cluster);
  const backwards = names.toReversed();
  for (const some of [backwards.filter((name) => !isFirst(name)), backwards.filter(isFirst)]) {
    for (const name of some) await objects.remove(name);
    const pending = async () => {
      for (const name of some) {
        if ((await objects.find(name)) !== undefined) return `${describeObject(name)} is still there`;
      }
      return undefined;
    };
    await until({ ...patience, pending }, 'Knative Serving is not gone');
  }
}

/** Whether the namespaces and kinds among objects that were installed are all there, and none is about to go. */
export async function isInstalled(cluster: Cluster, names: readonly ObjectName[]): Promise<boolean> {
  const objects = new Objects(cluster);
  for (const name of names.filter(isFirst)) {
    const found = await objects.find(name);
    if (found === undefined || found.metadata?.deletionTimestamp !== undefined) return false;
  }
  return true;
}

/** Waits until no namespace or kind among objects is about to go: what is applied to it would go with it. */
export async function untilNoneIsEnding(
  cluster: Cluster,
  given: readonly KubernetesObject[],
  patience: Patience,
): Promise<void> {
  const objects = new Objects(cluster);
  const pending = async () => {
    for (const name of given.map(nameOf).filter(isFirst)) {
      const found = await objects.find(name);
      if (found?.metadata?.deletionTimestamp !== undefined) return `${describeObject(name)} is being deleted`;
    }
    return undefined;
  };
  await until({ ...patience, pending }, 'Knative Serving cannot be installed: what was there is not gone');
}

/** @throws Error when a namespace that is to be made is there, and of somebody else. */
export async function refuseOthers(cluster: Cluster, given: readonly KubernetesObject[], stack: string): Promise<void> {
  const objects = new Objects(cluster);
  for (const namespace of given.filter(({ kind }) => kind === 'Namespace')) {
    const found = await objects.find<V1Namespace>(nameOf(namespace));
    if (found === undefined || found.metadata?.labels?.[owner] === stack) continue;
    throw new Error(
      `the cluster has a namespace ${namespace.metadata?.name} that this stack has not made: set knative:install to false to use the Knative Serving that is there, or remove it`,
    );
  }
}

/** What others stand in, or are of. */
function isFirst({ kind }: ObjectName): boolean {
  return kind === 'Namespace' || kind === 'CustomResourceDefinition';
}

function withOwner(namespace: KubernetesObject, stack: string): KubernetesObject {
  const { metadata } = namespace;
  return { ...namespace, metadata: { ...metadata, labels: { ...metadata?.labels, [owner]: stack } } };
}

function applyOne(objects: Objects, object: KubernetesObject, patience: Patience): Promise<void> {
  return applied(describeObject(nameOf(object)), () => objects.apply(object), patience);
}

async function allTrue(
  objects: Objects,
  given: readonly KubernetesObject[],
  patience: Patience,
  whyNot: (found: KubernetesObject & Conditioned) => Promise<string | undefined>,
): Promise<void> {
  const pending = async () => {
    for (const object of given) {
      const name = nameOf(object);
      const found = await objects.find<KubernetesObject & Conditioned>(name);
      const why = found === undefined ? 'it is not there' : await whyNot(found);
      if (why !== undefined) return `${describeObject(name)}: ${why}`;
    }
    return undefined;
  };
  await until({ ...patience, pending }, 'Knative Serving is not ready');
}

async function whyNotAvailable(cluster: Cluster, found: KubernetesObject & Conditioned): Promise<string | undefined> {
  const why = whyNotTrue(found, 'Available');
  if (why === undefined) return undefined;
  const { metadata, spec } = found as KubernetesObject as V1Deployment;
  const { namespace = '' } = metadata ?? {};
  const selected = labelSelector(spec?.selector.matchLabels);
  const pods = await cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector: selected });
  const reasons = new Set(pods.items.filter((pod) => !isReady(pod)).map(whyNotReady));
  return reasons.size === 0 ? why : `${why}; its pods: ${[...reasons].join(', ')}`;
}
