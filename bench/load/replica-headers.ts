import type { Measured } from './sample.ts';

/** Header names as a replica of the classifier, and a router before it, send them; other endpoints have none of these. */
const names = {
  replica: 'x-replica-id',
  servedBy: 'x-routed-to',
  started: 'x-replica-started',
  loading: 'x-replica-loading',
  ready: 'x-replica-ready',
};

/**
 * What a replica says of itself in the headers of its answer. A header that is not a time is left out: the target is
 * not ours to trust.
 */
export function readReplicaHeaders(
  header: (name: string) => string | undefined,
): Pick<Measured, 'replica' | 'servedBy' | 'started' | 'loading' | 'ready'> {
  const texts = (['replica', 'servedBy'] as const).flatMap((key) => {
    const value = header(names[key]);
    return value === undefined ? [] : [[key, value.slice(0, 200)] as const];
  });
  const times = (['started', 'loading', 'ready'] as const).flatMap((key) => {
    const value = Number(header(names[key]) ?? Number.NaN);
    return Number.isFinite(value) && value >= 0 ? [[key, value] as const] : [];
  });
  return Object.fromEntries([...texts, ...times]);
}
