export type { AutoscalingFigures, Point } from './autoscaling.ts';
export type { ColdStartFigures, ColdStartTrial } from './cold-start.ts';
export type { Comparison } from './compare.ts';
export type { LatencyFigures } from './latency.ts';
export { latencies } from './latency.ts';
export { type Summary, summarise, type TargetSummary } from './summary.ts';
export { rateByBlock } from './throughput.ts';
