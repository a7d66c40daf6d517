export {
  type Action,
  type AutoscalerState,
  initialAutoscaler,
  look,
  replicasAfter,
  type Scale,
} from './autoscaler.ts';
export { RequestRate } from './request-rate.ts';
export { type AutoscalerTiming, openfaasTiming, quickTiming } from './timing.ts';
