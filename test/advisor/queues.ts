import type { Distribution, ReplicaKind, System } from '../../advise/simulate/index.ts';
import { md1, mm1, mmc } from './closed-forms.ts';

/** A queue whose mean is known, and the system that it is. */
export interface KnownQueue {
  name: string;
  rate: number;
  /** Mean time in the system, in seconds. */
  mean: number;
  system: System;
}

export function queueKind(service: Distribution, changes: Partial<ReplicaKind> = {}): ReplicaKind {
  const start = { kind: 'constant', seconds: 0 } as const;
  const open = { timeout: Number.POSITIVE_INFINITY, queue: Number.POSITIVE_INFINITY };
  return { service, concurrency: 1, crowding: 0, start, ...open, ...changes };
}

const service = 0.02;
const exponential = { kind: 'exponential', mean: service } as const;
const system = (distribution: Distribution, replicas: number): System => ({
  kind: 'replicas',
  replica: queueKind(distribution),
  policy: { kind: 'fixed', replicas },
});

/** At 70 % of what the servers can do. */
export const knownQueues: readonly KnownQueue[] = [
  { name: 'M/M/1', rate: 35, mean: mm1(35, service), system: system(exponential, 1) },
  { name: 'M/M/4', rate: 140, mean: mmc(140, service, 4), system: system(exponential, 4) },
  { name: 'M/D/1', rate: 35, mean: md1(35, service), system: system({ kind: 'constant', seconds: service }, 1) },
];
