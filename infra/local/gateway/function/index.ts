export type { DeployedFunction } from './deployed-function.ts';
export { checkNamespace, parseDeployment } from './deployment.ts';
export { Functions, type FunctionsOptions, type Image } from './functions.ts';
export { mostReplicas, scaleLabels } from './scale-labels.ts';
export { describeFunction } from './status.ts';
