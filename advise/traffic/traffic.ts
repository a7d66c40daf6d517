/**
 * When requests come, as counts by slot of time, so that a day of 10^8 takes no more than one of 10. Within a slot they
 * come at random (a Poisson process with that count) or at even distances.
 */
export interface Traffic {
  /** Where it is from, as a person reads it. */
  source: string;
  slotSeconds: number;
  /** Requests of each slot; shared, so that threads need no copies. */
  counts: Uint32Array<SharedArrayBuffer>;
  placing: 'random' | 'even';
  /** Seconds from the start of each request, in order, where they are known. They stand in place of `placing`. */
  times?: Float64Array<SharedArrayBuffer>;
}

export function requestsOf({ counts }: Traffic): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

export function secondsOf({ counts, slotSeconds }: Traffic): number {
  return counts.length * slotSeconds;
}

export function sharedCounts(counts: ArrayLike<number>): Uint32Array<SharedArrayBuffer> {
  const shared = new Uint32Array(new SharedArrayBuffer(counts.length * Uint32Array.BYTES_PER_ELEMENT));
  shared.set(counts);
  return shared;
}

export function sharedTimes(times: ArrayLike<number>): Float64Array<SharedArrayBuffer> {
  const shared = new Float64Array(new SharedArrayBuffer(times.length * Float64Array.BYTES_PER_ELEMENT));
  shared.set(times);
  return shared;
}
