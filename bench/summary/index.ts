export type { Point } from './autoscaling.ts';
export type { ClientLoad } from './client.ts';
export type { ColdStartTrial } from './cold-start.ts';
export type { Comparison } from './compare.ts';
export { latencies } from './latency.ts';
export type { PartFigures } from './resources.ts';
export { type Summary, summarise, type TargetSummary } from './summary.ts';
export { rateByBlock } from './throughput.ts';
