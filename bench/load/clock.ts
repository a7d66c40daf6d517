/** Milliseconds since 1970 on the monotonic clock: unlike Date.now() it has fractions and never steps back. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** What `clockFrom` needs in another thread: threads each have a time origin of their own, read off a clock that may step. */
export function clockOrigin(): number {
  return now() - shared();
}

/** The clock of the thread that gave the origin. */
export function clockFrom(origin: number): () => number {
  return () => origin + shared();
}

/** Milliseconds on the one monotonic clock of all threads. */
function shared(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
