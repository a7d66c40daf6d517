/** What a benchmark needs of a cluster: plain code, without Pulumi. */
export { connect } from './api/index.ts';
export { serveProvider } from './provider/index.ts';
export {
  describeDeployments,
  kubernetesTargets,
  type TargetDescription,
  targetDescriptionSchema,
} from './target/index.ts';
