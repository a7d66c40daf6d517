export type { BreakEven } from './break-even.ts';
export { type CostCurve, type CostFigures, type CostPoint, cloudFunctions, estimateCost } from './cost.ts';
export {
  type FixedPart,
  type FunctionUse,
  functionGib,
  hourlyOnMachines,
  type Need,
  type Serving,
} from './model.ts';
export { type Prices, readPrices, writePrices } from './prices.ts';
export { functionUseOf, servingOf } from './serving.ts';
