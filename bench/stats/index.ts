export { type BlockFigure, quantileOfBlocks, ratioOfBlocks } from './block-figure.ts';
export {
  type Blocks,
  meanOverBlocks,
  quantileOverBlocks,
  ratioOverBlocks,
  samplingUnits,
  shareOverBlocks,
} from './blocks.ts';
export { bootstrapDifference } from './bootstrap.ts';
export { type Difference, type Pair, pairedDifference } from './difference.ts';
export {
  confidence,
  type Estimate,
  knowsNoise,
  mean,
  meanEstimate,
  quantile,
  quantileEstimate,
  unbounded,
} from './interval.ts';
export { shareEstimate } from './proportion.ts';
export { type Random, seeded, shuffled } from './random.ts';
export { type Scatter, scatterOf } from './scatter.ts';
export { type Change, unpairedChange } from './unpaired.ts';
