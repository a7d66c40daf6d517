import type { Summary } from '../../summary/index.ts';

/** Milliseconds up to which lateness is that of timers, whatever the target takes. */
const unavoidableMs = 1;

/**
 * The open loops that were sent later, at their 99th percentile, than this share of the median latency, the latest
 * first: of several to a target in one scenario the latest alone.
 */
export function lateSendings(lateness: Summary['lateness'], share: number): Summary['lateness'] {
  const late = lateness
    .filter(({ p99Ms, medianLatencyMs }) => p99Ms > Math.max(unavoidableMs, share * medianLatencyMs))
    .toSorted((a, b) => b.p99Ms - a.p99Ms);
  return late.filter(
    ({ scenario, target }, index) =>
      late.findIndex((other) => other.scenario === scenario && other.target === target) === index,
  );
}
