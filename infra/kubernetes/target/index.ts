export { type DeploymentFacts, describeDeployments } from './describe.ts';
export {
  type Autoscaler,
  type HybridDescription,
  type TargetDescription,
  type TargetInputs,
  targetDescriptionSchema,
} from './description.ts';
export { type KubernetesTargets, kubernetesTargets } from './kubernetes-targets.ts';
export { restoreTargets } from './restore.ts';
