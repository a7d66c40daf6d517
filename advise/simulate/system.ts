import { drawFrom } from '../traffic/index.ts';
import { type InstanceKind, Instances, type InstancesUse } from './instances.ts';
import type { Policy } from './policy/index.ts';
import {
  fixed,
  type HorizontalPodAutoscaler,
  horizontalPodAutoscaler,
  type Knative,
  knative,
  type OpenFaas,
  openFaas,
} from './policy/index.ts';
import type { Recorder } from './recorder.ts';
import { type GroupUse, ReplicaGroup, type ReplicaKind } from './replica-group.ts';

/** What decides how many replicas there are, as plain data. */
export type PolicySettings =
  | { kind: 'fixed'; replicas: number }
  | ({ kind: 'horizontal-pod-autoscaler' } & HorizontalPodAutoscaler)
  | ({ kind: 'openfaas' } & OpenFaas)
  | ({ kind: 'knative' } & Knative);

/** Replicas, and what decides how many. */
export interface GroupSettings {
  replica: ReplicaKind;
  policy: PolicySettings;
}

/** One way to serve, with all its settings, as plain data. */
export type System =
  | ({ kind: 'replicas' } & GroupSettings)
  | { kind: 'instances'; instance: InstanceKind }
  /** What finds the base full goes to the function. */
  | { kind: 'overflow'; base: GroupSettings; over: Exclude<System, { kind: 'overflow' }> };

/** What each part of a system took. */
export interface SystemUse {
  replicas?: GroupUse;
  instances?: InstancesUse;
  /** Of an overflow's function; the base is in `replicas`. */
  over?: { requests: number; use: Pick<SystemUse, 'replicas' | 'instances'> };
}

/** A system at work. */
export interface Running {
  /** What requests are given to; called for each of very many, so without a function in between. */
  entry: { arrive(at: number): void };
  finish(end: number): SystemUse;
}

export function start(system: System, recorder: Recorder, seed: number): Running {
  const draw = drawFrom(seed);
  if (system.kind === 'instances') {
    const instances = new Instances(system.instance, recorder, draw);
    return { entry: instances, finish: (end) => ({ instances: instances.finish(end) }) };
  }
  if (system.kind === 'replicas') {
    const group = new ReplicaGroup(system.replica, policyOf(system.policy), recorder, draw);
    return { entry: group, finish: (end) => ({ replicas: group.finish(end) }) };
  }
  const over = start(system.over, recorder, seed + 1);
  let requests = 0;
  const base = new ReplicaGroup(system.base.replica, policyOf(system.base.policy), recorder, draw, (at) => {
    requests += 1;
    over.entry.arrive(at);
  });
  return {
    entry: base,
    finish: (end) => ({ replicas: base.finish(end), over: { requests, use: over.finish(end) } }),
  };
}

function policyOf(settings: PolicySettings): Policy {
  switch (settings.kind) {
    case 'fixed':
      return fixed(settings.replicas);
    case 'horizontal-pod-autoscaler':
      return horizontalPodAutoscaler(settings);
    case 'openfaas':
      return openFaas(settings);
    case 'knative':
      return knative(settings);
  }
}
