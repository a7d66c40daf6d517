export { quantileOfBlocks } from './block-figure.ts';
export { type Blocks, meanOverBlocks, quantileOverBlocks } from './blocks.ts';
export { bootstrapDifference } from './bootstrap.ts';
export { type Difference, type Pair, pairedDifference } from './difference.ts';
export { confidence, type Estimate, mean, meanEstimate, quantile, quantileEstimate } from './interval.ts';
export { type Random, seeded, shuffled } from './random.ts';
