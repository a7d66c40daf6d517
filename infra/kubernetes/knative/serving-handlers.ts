import { isDeepStrictEqual } from 'node:util';
import { CoreV1Api, type KubernetesObject } from '@kubernetes/client-node';
import { z } from 'zod';
import { type Cluster, clusterOptionsSchema, connect, isMissing } from '../api/index.ts';
import type { Context, Handlers } from '../provider/index.ts';
import { install, isInstalled, refuseOthers, uninstall, untilNoneIsEnding } from './install.ts';
import { manifestSource, readManifests, servingSettings } from './manifests.ts';
import { nameOf, type ObjectName, objectNameSchema } from './objects.ts';

const inputs = z.object({
  cluster: clusterOptionsSchema,
  /** The Service of the ingress. */
  ingress: z.object({ namespace: z.string(), name: z.string() }),
  /** Absent where the cluster has Knative Serving already. */
  install: z.object({ source: manifestSource, settings: servingSettings, stack: z.string() }).optional(),
});
type Inputs = z.infer<typeof inputs>;

const timing = { patienceMs: 600_000, everyMs: 1000 };
const made = z.object({ objects: z.array(objectNameSchema) });

/** What was made for a resource with this state. */
function objectsOf(state: object): ObjectName[] {
  return made.safeParse(state).data?.objects ?? [];
}

/** What is to be applied: nothing where Knative Serving is there already. */
async function wanted({ install: of }: Inputs, { signal }: Context): Promise<KubernetesObject[]> {
  return of === undefined ? [] : readManifests(of.source, of.settings, signal);
}

async function put(given: Inputs, objects: readonly KubernetesObject[], { signal, progress }: Context) {
  const cluster = connect(given.cluster);
  if (given.install !== undefined) {
    await install(cluster, objects, given.install.stack, { ...timing, signal, progress });
  }
  return { objects: objects.map(nameOf), ...(await readIngress(cluster, given.ingress)) };
}

/** Another version of an object's API makes no other object. */
function keyOf({ kind, metadata: { namespace = '', name } }: ObjectName): string {
  return `${kind} ${namespace} ${name}`;
}

/** The pods of the ingress, and the port at which they take requests. */
async function readIngress(cluster: Cluster, { namespace, name }: Inputs['ingress']) {
  const asked = cluster.makeApiClient(CoreV1Api).readNamespacedService({ namespace, name });
  const { spec } = await asked.catch((cause: unknown) => {
    if (!isMissing(cause)) throw cause;
    throw new Error(
      `the cluster has no Service ${namespace}/${name}: set knative:ingressService to that of Knative's ingress`,
      { cause },
    );
  });
  const port = spec?.ports?.find((each) => each.port === 80) ?? spec?.ports?.[0];
  if (spec?.selector === undefined || port === undefined) {
    throw new Error(`Service ${namespace}/${name} has no pods or no port: set knative:ingressService to another`);
  }
  return { ingressSelector: spec.selector, ingressPort: port.targetPort ?? port.port };
}

/** Knative Serving and its ingress as a resource of Pulumi. */
export const servingHandlers: Handlers<Inputs> = {
  inputs,
  create: async (given, context) => {
    const objects = await wanted(given, context);
    const cluster = connect(given.cluster);
    await refuseOthers(cluster, objects, given.install?.stack ?? '');
    await untilNoneIsEnding(cluster, objects, { ...timing, signal: context.signal, progress: context.progress });
    const outs = await put(given, objects, context).catch(async (error: unknown) => {
      // Pulumi forgets what could not be made, and would leave it for good.
      const signal = AbortSignal.timeout(timing.patienceMs);
      await uninstall(cluster, objects.map(nameOf), { ...timing, signal, progress: context.progress }).catch(() => {});
      throw error;
    });
    return { id: `${given.ingress.namespace}/${given.ingress.name}`, outs };
  },
  read: async (_id, state) => ((await isInstalled(connect(state.cluster), objectsOf(state))) ? {} : undefined),
  update: async (_id, state, given, context) => {
    if (given.install === undefined && objectsOf(state).length > 0) {
      throw new Error(
        'knative:install is false now, but the Knative Serving that the function runs on is what this stack has installed, and would be removed: set knative:install to true again, or remove the stack by pulumi destroy before it uses another',
      );
    }
    const objects = await wanted(given, context);
    await refuseOthers(connect(given.cluster), objects, given.install?.stack ?? '');
    const outs = await put(given, objects, context);
    const kept = new Set(outs.objects.map(keyOf));
    const others = objectsOf(state).filter((name) => !kept.has(keyOf(name)));
    const { signal, progress } = context;
    await uninstall(connect(given.cluster), others, { ...timing, signal, progress });
    return outs;
  },
  delete: (_id, state, { signal, progress }) =>
    uninstall(connect(state.cluster), objectsOf(state), { ...timing, signal, progress }),
  diff: (_id, state, given) => ({
    changes: (['cluster', 'ingress', 'install'] as const).some((key) => !isDeepStrictEqual(state[key], given[key])),
  }),
};
