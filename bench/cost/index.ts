export type { BreakEven } from './break-even.ts';
export { type CostCurve, type CostFigures, type CostPoint, cloudFunctions, estimateCost } from './cost.ts';
export { type Prices, readPrices, writePrices } from './prices.ts';
