import type { ReplicaState } from './replica.ts';

/** What a plan has to know of a replica. */
export interface Planned {
  readonly state: ReplicaState;
  readonly inFlight: number;
}

/** What is to be done next: who has to leave, and how many are to be started. */
export interface Plan<T> {
  leaving: Set<T>;
  starts: number;
}

/**
 * One step from the replicas there are to those that are wanted; the next one follows when a replica became ready or
 * ended. Old replicas, of a template that was replaced, stay in service until new ones are ready: one new one is
 * started at a time, and there are never fewer ready ones than wanted because of it.
 */
export function planReplicas<T extends Planned>(
  replicas: readonly T[],
  desired: number,
  isOld: (replica: T) => boolean,
): Plan<T> {
  const live = replicas.filter(({ state }) => state !== 'leaving');
  const current = live.filter((replica) => !isOld(replica));
  const leaving = new Set([
    ...current.toSorted(leastNeeded).slice(0, Math.max(0, current.length - desired)),
    ...unneededOld(live, desired, isOld),
  ]);
  const staying = live.filter((replica) => !leaving.has(replica));
  const old = staying.filter(isOld).length;
  // While old ones are there, one more than wanted may run, so that none is missing.
  const room = desired + (old > 0 ? 1 : 0) - staying.length;
  const missing = desired - (staying.length - old);
  return { leaving, starts: Math.max(0, Math.min(room, missing)) };
}

/** Old replicas that never became ready, and ready ones that others make up for. */
function unneededOld<T extends Planned>(live: readonly T[], desired: number, isOld: (replica: T) => boolean): T[] {
  const old = live.filter(isOld);
  const spare = live.filter(({ state }) => state === 'ready').length - desired;
  return [
    ...old.filter(({ state }) => state === 'starting'),
    ...old.filter(({ state }) => state === 'ready').slice(0, Math.max(0, spare)),
  ];
}

/** First those that do not answer yet, then those with the least to finish. */
function leastNeeded(a: Planned, b: Planned): number {
  return Number(a.state === 'ready') - Number(b.state === 'ready') || a.inFlight - b.inFlight;
}
