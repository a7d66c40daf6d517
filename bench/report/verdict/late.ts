import type { Summary } from '../../summary/index.ts';

/** Milliseconds up to which lateness is that of timers, whatever the target takes. */
const unavoidableMs = 1;

/** Whether an open loop was sent later, at its 99th percentile, than this share of the median latency. */
export function isLate({ p99Ms, medianLatencyMs }: Summary['lateness'][number], share: number): boolean {
  return p99Ms > Math.max(unavoidableMs, share * medianLatencyMs);
}
