/** Milliseconds since 1970 on the monotonic clock: unlike Date.now() it has fractions and never steps back. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
