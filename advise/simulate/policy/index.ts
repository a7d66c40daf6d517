export { fixed } from './fixed.ts';
export { type HorizontalPodAutoscaler, horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
export { type Knative, knative } from './knative.ts';
export { type OpenFaas, openFaas } from './openfaas.ts';
export type { Policy, Seen } from './policy.ts';
