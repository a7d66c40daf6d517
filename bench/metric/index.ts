export { findMetric } from './find.ts';
export type { Metric } from './metric.ts';
export { metrics } from './metrics.ts';
export { kindOf } from './quantity.ts';
