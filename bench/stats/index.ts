export { type Difference, pairedDifference } from './difference.ts';
export { type Estimate, mean, meanEstimate, quantile, quantileEstimate } from './interval.ts';
export { type Random, seeded, shuffled } from './random.ts';
