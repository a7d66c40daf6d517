import { setTimeout as sleep } from 'node:timers/promises';
import { CoreV1Api, type V1Pod } from '@kubernetes/client-node';
import { type Cluster, labelSelector, type Named, readDeployment } from '../api/index.ts';
import type { TargetDescription } from './description.ts';
import { type Reading, readKubelet } from './kubelet.ts';
import { parseQuantity } from './quantity.ts';

/** One part of an architecture: its containers, together. */
export interface Part {
  name: string;
  /** `replica` is in the pods of the model; `fixed` in those of the platform that this target needs. */
  kind: 'replica' | 'fixed';
  /** When it was read, by the node's clock in milliseconds. */
  time: number;
  cpuSeconds: number;
  /** Working set. */
  memoryBytes: number;
  processes: number;
  /** Requests of the containers; absent where one has none. */
  reserved?: { cpus: number; memoryBytes: number };
}

interface Container {
  name: string;
  /** What the part is called that it belongs to. */
  part: string;
  kind: Part['kind'];
  namespace: string;
  pod: string;
  node: string;
  requests: Record<string, string>;
}

/** Milliseconds that a kubelet gets to count anew: by default it does every 10 to 15 s, or whenever it is asked. */
const patienceMs = 40_000;
const everyMs = 500;

/**
 * How the parts of a target are read, from the cgroups' counts that the kubelets tell through the cluster's API. Parts
 * are those of the target's own pods, and of all pods in the namespaces of OpenFaaS, or of Knative and its ingress. The
 * replicas of a hybrid's base are a part of their own.
 *
 * @returns undefined where this is not allowed (it needs `get` on `nodes/proxy`), or no kubelet tells.
 */
export async function resourcesOf(
  cluster: Cluster,
  description: TargetDescription,
): Promise<(() => Promise<Part[]>) | undefined> {
  try {
    await readContainers(cluster, await findContainers(cluster, description));
    return () => readParts(cluster, description);
  } catch {
    return undefined;
  }
}

/** @throws Error when a kubelet counts nothing anew for too long. */
async function readParts(cluster: Cluster, description: TargetDescription): Promise<Part[]> {
  const containers = await findContainers(cluster, description);
  const before = await readContainers(cluster, containers);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const now = await readContainers(cluster, containers);
    const read = containers.map((each) => ({ ...each, reading: now.get(keyOf(each)), old: before.get(keyOf(each)) }));
    const anew = read.flatMap(({ reading, old, ...container }) =>
      reading !== undefined && reading.time > (old?.time ?? 0) ? [{ ...container, reading }] : [],
    );
    if (anew.length === containers.length) return joinParts(anew);
    if (performance.now() > deadline) throw new Error(`the kubelet told nothing new in ${patienceMs / 1000} s`);
    await sleep(everyMs);
  }
}

async function findContainers(
  cluster: Cluster,
  { deployment, hybrid, autoscaler }: TargetDescription,
): Promise<Container[]> {
  const own =
    hybrid === undefined
      ? [podsOf(cluster, deployment, 'replica')]
      : [
          podsOf(cluster, deployment, 'replica', 'base'),
          podsOf(cluster, hybrid.function, 'replica'),
          podsOf(cluster, hybrid.router, 'fixed'),
        ];
  const api = cluster.makeApiClient(CoreV1Api);
  const platform = await Promise.all(platformOf(autoscaler).map((namespace) => api.listNamespacedPod({ namespace })));
  return [
    ...(await Promise.all(own)).flat(),
    ...platform.flatMap(({ items }) => items).flatMap((pod) => containersOf(pod, 'fixed')),
  ];
}

/** Containers of a Deployment's pods. */
async function podsOf(cluster: Cluster, deployment: Named, kind: Part['kind'], part?: string): Promise<Container[]> {
  const { namespace } = deployment;
  const { spec } = await readDeployment(cluster, deployment);
  const selected = labelSelector(spec?.selector.matchLabels);
  const { items } = await cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector: selected });
  return items.flatMap((pod) => containersOf(pod, kind, part));
}

/** The namespaces of what a target needs beside its own pods. */
function platformOf(autoscaler: TargetDescription['autoscaler']): readonly string[] {
  if (autoscaler?.kind === 'alertmanager') return [autoscaler.namespace];
  return autoscaler?.kind === 'knative' ? autoscaler.platform : [];
}

function containersOf({ metadata, spec, status }: V1Pod, kind: Part['kind'], part?: string): Container[] {
  if (status?.phase !== 'Running' || metadata?.deletionTimestamp !== undefined) return [];
  const { name: pod = '', namespace = '' } = metadata ?? {};
  const node = spec?.nodeName ?? '';
  const containers = spec?.containers ?? [];
  return containers.map(({ name, resources }) => ({
    ...{ name, part: part ?? name, kind, namespace, pod, node },
    requests: resources?.requests ?? {},
  }));
}

async function readContainers(
  cluster: Cluster,
  containers: readonly Container[],
): Promise<ReadonlyMap<string, Reading>> {
  const nodes = [...new Set(containers.map(({ node }) => node))];
  const told = await Promise.all(nodes.map((node) => readKubelet(cluster, node)));
  return new Map(told.flat().map((reading) => [keyOf({ ...reading, name: reading.container }), reading]));
}

function keyOf({ namespace, pod, name }: Pick<Container, 'namespace' | 'pod' | 'name'>): string {
  return `${namespace}/${pod}/${name}`;
}

function joinParts(containers: readonly (Container & { reading: Reading })[]): Part[] {
  const parts = new Map<string, Part>();
  for (const { part: name, kind, requests, reading } of containers) {
    const { cpu, memory } = requests;
    const reserved =
      cpu === undefined || memory === undefined
        ? undefined
        : { cpus: parseQuantity(cpu), memoryBytes: parseQuantity(memory) };
    const { time, cpuSeconds, memoryBytes } = reading;
    const one: Part = { name, kind, time, cpuSeconds, memoryBytes, processes: 1, ...(reserved && { reserved }) };
    const other = parts.get(`${kind} ${name}`);
    parts.set(`${kind} ${name}`, other === undefined ? one : add(other, one));
  }
  return [...parts.values()];
}

function add({ reserved: ofA, ...a }: Part, { reserved: ofB, ...b }: Part): Part {
  return {
    ...a,
    time: Math.max(a.time, b.time),
    cpuSeconds: a.cpuSeconds + b.cpuSeconds,
    memoryBytes: a.memoryBytes + b.memoryBytes,
    processes: a.processes + b.processes,
    ...(ofA && ofB && { reserved: { cpus: ofA.cpus + ofB.cpus, memoryBytes: ofA.memoryBytes + ofB.memoryBytes } }),
  };
}
