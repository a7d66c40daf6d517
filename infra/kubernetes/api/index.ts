export { type Cluster, type ClusterOptions, clusterOptionsSchema, connect } from './connect.ts';
export { findDeployment, mergePatch, type Named, readDeployment, scaleDeployment } from './deployment.ts';
export { isMissing } from './existing.ts';
export { type Followed, follow } from './follow.ts';
export { type Forward, type ForwardTo, forward, nothingToForwardTo } from './forward.ts';
export { labelSelector } from './label-selector.ts';
export { isReady, whyNotReady } from './pod.ts';
export { until, type Waiting } from './until.ts';
export { type WatchedDeployment, watchDeployment } from './watch-deployment.ts';
