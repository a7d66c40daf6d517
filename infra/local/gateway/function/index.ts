export type { DeployedFunction } from './deployed-function.ts';
export { checkNamespace, type Deployment, parseDeployment } from './deployment.ts';
export { type FunctionState, Functions, type FunctionsOptions } from './functions.ts';
export type { LeasedReplica, ReplicaKind, ReplicaProcess, Replicas } from './replicas.ts';
export { mostReplicas, scaleLabels } from './scale-labels.ts';
export { describeFunction } from './status.ts';
