import type { V1Pod } from '@kubernetes/client-node';

/** Whether a pod answers: one that is ending does not count, since it gets no new requests. */
export function isReady({ metadata, status }: V1Pod): boolean {
  return (
    metadata?.deletionTimestamp === undefined &&
    status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true
  );
}

/** In a few words. */
export function whyNotReady({ metadata, status }: V1Pod): string {
  if (metadata?.deletionTimestamp !== undefined) return 'ending';
  const waiting = status?.containerStatuses?.find(({ state }) => state?.waiting !== undefined)?.state?.waiting;
  const scheduled = status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  return waiting?.reason ?? scheduled?.message ?? status?.phase ?? 'unknown';
}
