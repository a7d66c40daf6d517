import { openfaasTiming } from '../../infra/local/gateway/scaling/index.ts';
import type { Model, Side } from '../model/index.ts';
import type { GroupSettings, PolicySettings, ReplicaKind, System } from '../simulate/index.ts';
import type { TrafficSummary } from '../traffic/index.ts';

/** The ways to serve that are compared. */
export const families = {
  server: 'server, fixed replicas',
  hpa: 'server, HorizontalPodAutoscaler',
  openfaas: 'functions on OpenFaaS',
  knative: 'functions on Knative',
  cloud: 'cloud functions',
  hybrid: 'hybrid, OpenFaaS overflow',
  'hybrid-cloud': 'hybrid, cloud overflow',
} as const;

export type Family = keyof typeof families;

/** One way to serve with its settings. */
export interface Candidate {
  family: Family;
  settings: Record<string, number>;
  system: System;
}

/** Seconds after which a cloud stops an instance that is not called; no provider promises one. */
export const keepAliveSeconds = 600;
const mostInstances = 1000;
/** More replicas than this are not tried. */
export const mostReplicas = 1000;
/** Requests that may wait for each replica where there is a line. */
const queue = 1000;
const cpuTargets = [0.5, 0.7];
const scaleFactors = [20, 100];
/** Requests in flight for each server of a hybrid's base, over those that it answers at once. */
const overflowAt = [0.5, 1.5];

/** All that is tried for traffic of that kind. */
export function candidatesFor(model: Model, traffic: TrafficSummary): Candidate[] {
  const sizes = ladder(model.server, traffic);
  const most = Math.max(5, 2 * (sizes.at(-1) ?? 1));
  const floor = [...new Set([1, ...sizes.slice(0, 4)])];
  return [
    ...sizes.map((replicas) => serverOf(model, replicas)),
    ...floor.flatMap((min) => cpuTargets.map((target) => hpaOf(model, min, most, target))),
    ...floor.flatMap((min) => scaleFactors.map((factor) => openFaasOf(model, min, most, factor))),
    ...[0, ...floor].map((min) => knativeOf(model, min, most)),
    cloudOf(model),
    ...floor.flatMap((base) => overflowAt.map((limit) => hybridOf(model, base, limit, most, 'hybrid'))),
    ...floor.flatMap((base) => overflowAt.map((limit) => hybridOf(model, base, limit, most, 'hybrid-cloud'))),
  ];
}

/** Numbers of replicas from what the mean asks for to what the peak does, a third apart. */
export function ladder({ serving }: Side, { meanRate, peakRate }: TrafficSummary): number[] {
  const least = Math.max(1, Math.ceil(meanRate / serving.perSecond));
  const most = Math.min(mostReplicas, Math.ceil((1.5 * peakRate) / serving.perSecond) + 2);
  const sizes: number[] = [];
  for (
    let size = Math.min(least, mostReplicas);
    size <= Math.max(least, most);
    size = Math.max(size + 1, Math.round(size * 1.33))
  )
    sizes.push(size);
  return sizes.filter((size) => size <= mostReplicas);
}

function replicaOf({ service, concurrency, crowding, start }: Side, timeout: number): ReplicaKind {
  return { service, concurrency, crowding, start, timeout, queue };
}

const group = (side: Side, policy: PolicySettings, { timeout }: Model): GroupSettings => ({
  replica: replicaOf(side, timeout),
  policy,
});

export function serverOf(model: Model, replicas: number): Candidate {
  const system: System = { kind: 'replicas', ...group(model.server, { kind: 'fixed', replicas }, model) };
  return { family: 'server', settings: { replicas }, system };
}

function hpaOf(model: Model, min: number, max: number, target: number): Candidate {
  const { concurrency, crowding } = model.server;
  // With all slots busy a replica does the most work that it can, and uses what it asks for.
  const busyShare = (1 + (concurrency - 1) * crowding) / concurrency;
  const policy = { kind: 'horizontal-pod-autoscaler' as const, min, max, target, busyShare };
  return {
    family: 'hpa',
    settings: { min, max, 'CPU target %': target * 100 },
    system: { kind: 'replicas', ...group(model.server, policy, model) },
  };
}

/** All delays of the rule are multiples of 5 s: nothing would be seen by looking more often. */
function openFaasPolicy(min: number, max: number, factor: number): PolicySettings {
  return { kind: 'openfaas', scale: { min, max, factor }, timing: openfaasTiming, scrape: 5, every: 5 };
}

function openFaasOf(model: Model, min: number, max: number, factor: number): Candidate {
  const system: System = { kind: 'replicas', ...group(model.function, openFaasPolicy(min, max, factor), model) };
  return { family: 'openfaas', settings: { min, max, 'scale factor': factor }, system };
}

function knativeOf(model: Model, min: number, max: number): Candidate {
  const policy = { kind: 'knative' as const, min, max, concurrency: model.function.concurrency };
  return {
    family: 'knative',
    settings: { min, max },
    system: { kind: 'replicas', ...group(model.function, policy, model) },
  };
}

function cloudSystem({ server, timeout }: Model): Extract<System, { kind: 'instances' }> {
  const { service, start } = server;
  return {
    kind: 'instances',
    instance: { service, start, keepAlive: keepAliveSeconds, timeout, most: mostInstances, startIsBilled: true },
  };
}

function cloudOf(model: Model): Candidate {
  return { family: 'cloud', settings: { 'keep-alive s': keepAliveSeconds }, system: cloudSystem(model) };
}

function hybridOf(
  model: Model,
  base: number,
  limit: number,
  max: number,
  family: 'hybrid' | 'hybrid-cloud',
): Candidate {
  const { concurrency } = model.server;
  const inFlight = Math.ceil(concurrency * limit);
  const slots = Math.min(concurrency, inFlight);
  const fixed: PolicySettings = { kind: 'fixed', replicas: base };
  const own = group(model.server, fixed, model);
  const over: Exclude<System, { kind: 'overflow' }> =
    family === 'hybrid'
      ? { kind: 'replicas', ...group(model.function, openFaasPolicy(1, max, 20), model) }
      : cloudSystem(model);
  return {
    family,
    settings: { base, 'in flight': inFlight, ...(family === 'hybrid' ? { min: 1, max, 'scale factor': 20 } : {}) },
    system: {
      kind: 'overflow',
      base: { ...own, replica: { ...own.replica, concurrency: slots, queue: inFlight - slots } },
      over,
    },
  };
}
