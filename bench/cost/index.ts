export type { BreakEven, Stretch } from './break-even.ts';
export {
  type CostCurve,
  type CostFigures,
  type CostPair,
  type CostPoint,
  cloudFunctions,
  estimateCost,
} from './cost.ts';
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
