import { isDeepStrictEqual } from 'node:util';
import { CoreV1Api } from '@kubernetes/client-node';
import { z } from 'zod';
import {
  type Bounds,
  boundAnnotations,
  boundReplicas,
  boundsIn,
  type Cluster,
  clusterOptionsSchema,
  connect,
  readBounds,
  until,
  type Waiting,
} from '../api/index.ts';
import type { Handlers } from '../provider/index.ts';
import { whyNotTrue } from './condition.ts';
import { applied } from './refusal.ts';
import { applyService, describeService, type FoundService, findService, removeService } from './service-api.ts';
import { type ServiceSpec, serviceSpec } from './service-spec.ts';

const inputs = z.object({ cluster: clusterOptionsSchema, service: serviceSpec });
type Inputs = z.infer<typeof inputs>;

const timing = { patienceMs: 300_000, everyMs: 500 };

async function put({ cluster: options, service }: Inputs, patience: Omit<Waiting, 'pending'>) {
  const cluster = connect(options);
  await applied(describeService(service), () => applyService(cluster, service), patience);
  let ready: FoundService | undefined;
  const pending = async () => {
    ready = await findService(cluster, service);
    return ready === undefined ? 'it is not there' : whyNotReady(ready);
  };
  await until({ ...patience, pending }, `${describeService(service)} is not ready`);
  const { url = '', latestReadyRevisionName: revision = '' } = ready?.status ?? {};
  return { revision, host: new URL(url).host };
}

function whyNotReady(found: FoundService): string | undefined {
  const why = whyNotTrue(found, 'Ready', ['ConfigurationsReady', 'RoutesReady']);
  if (why !== undefined) return why;
  const { latestCreatedRevisionName: created, latestReadyRevisionName: ready, url } = found.status ?? {};
  if (created !== ready) return `revision ${created} is not ready; ${ready} answers`;
  return url === undefined ? 'it has no URL yet' : undefined;
}

/** A Service's spec as it stands in the cluster, in what was wanted of it. */
function deployed(wanted: ServiceSpec, { metadata, spec }: FoundService): ServiceSpec {
  const of = (all: Record<string, string> = {}, some: Record<string, string>) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => Object.hasOwn(some, key)));
  const { template } = wanted;
  return {
    ...wanted,
    annotations: of(metadata?.annotations, wanted.annotations),
    template: {
      ...template,
      annotations: of(spec?.template?.metadata?.annotations, template.annotations),
      spec: wantedPart(template.spec, spec?.template?.spec) as Record<string, unknown>,
    },
  };
}

/** Bounds of a revision that are not those of its Service, as a benchmark that was killed leaves them. */
async function strayBounds(cluster: Cluster, service: ServiceSpec, revision = ''): Promise<Bounds | undefined> {
  const wanted = boundsIn(service.template.annotations);
  const found = await readBounds(cluster, { namespace: service.namespace, name: revision });
  return found.find((bounds) => !isDeepStrictEqual(bounds, wanted));
}

/** A Service's spec with what holds of its newest revision. */
async function inForce(cluster: Cluster, service: ServiceSpec, revision?: string): Promise<ServiceSpec> {
  const stray = await strayBounds(cluster, service, revision);
  if (stray === undefined) return service;
  const { template } = service;
  return {
    ...service,
    template: { ...template, annotations: { ...template.annotations, ...boundAnnotations(stray) } },
  };
}

/** Of what is there, the part that was wanted: Knative adds defaults. */
function wantedPart(wanted: unknown, found: unknown): unknown {
  if (Array.isArray(wanted) && Array.isArray(found)) {
    return found.map((each, index) => (index < wanted.length ? wantedPart(wanted[index], each) : each));
  }
  if (!isRecord(wanted) || !isRecord(found)) return found;
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([key, value]) => (key in found ? [[key, wantedPart(value, found[key])]] : [])),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function whyNotGone(cluster: Cluster, service: ServiceSpec): Promise<string | undefined> {
  const { namespace, name } = service;
  if ((await findService(cluster, service)) !== undefined) return 'it is still there';
  const labelSelector = `serving.knative.dev/service=${name}`;
  const { items } = await cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector });
  return items.length === 0 ? undefined : `${items.length} of its pods are ending`;
}

/** What a Service of Knative does as a resource of Pulumi. */
export const serviceHandlers: Handlers<Inputs> = {
  inputs,
  create: async (given, { signal, progress }) => {
    const { namespace, name } = given.service;
    const outs = await put(given, { ...timing, signal, progress });
    return { id: `${namespace}/${name}`, outs };
  },
  read: async (_id, state) => {
    const cluster = connect(state.cluster);
    const found = await findService(cluster, state.service);
    if (found === undefined || found.metadata?.deletionTimestamp !== undefined) return undefined;
    const service = deployed(state.service, found);
    return { service: await inForce(cluster, service, found.status?.latestReadyRevisionName) };
  },
  update: async (_id, _state, given, { signal, progress }) => {
    const outs = await put(given, { ...timing, signal, progress });
    const { cluster: options, service } = given;
    const cluster = connect(options);
    // What is put back in the Service alone would be no new revision, and the one that is there would stay as it is.
    if ((await strayBounds(cluster, service, outs.revision)) !== undefined) {
      const revision = { namespace: service.namespace, name: outs.revision };
      await boundReplicas(cluster, revision, boundsIn(service.template.annotations));
    }
    return outs;
  },
  delete: async (_id, state, { signal, progress }) => {
    const cluster = connect(state.cluster);
    await removeService(cluster, state.service);
    const pending = () => whyNotGone(cluster, state.service);
    await until({ ...timing, signal, progress, pending }, `${describeService(state.service)} is not gone`);
  },
  diff: (_id, state, given) => {
    const { service: before } = state;
    const { service } = given;
    const moved = before.name !== service.name || before.namespace !== service.namespace;
    const changes = (['cluster', 'service'] as const).some((key) => !isDeepStrictEqual(state[key], given[key]));
    return { changes, replaces: moved ? ['service'] : [], deleteBeforeReplace: true };
  },
};
