import type * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import type { TargetInputs } from '../target/index.ts';

/** What runs functions on the cluster. */
export interface Platform {
  /** What must be there before functions can be called. */
  resources: pulumi.Resource[];
  /** For people, by what is reached there. */
  urls: Record<string, pulumi.Output<string>>;
  /** Makes the classifier as a function. */
  deploy(args: DeployArgs): DeployedFunction;
}

export interface DeployArgs {
  /** What the function's resource is called in the stack. */
  resource: string;
  /** What the function is called on its platform. */
  name: string;
  scaling: StackConfig['serverless'];
  /** Whether no replica is left once it was made, where the next call starts one. */
  idle?: boolean;
}

/** A function of the classifier: how it is called, and what a benchmark needs to know of its scaling. */
export interface DeployedFunction
  extends Pick<TargetInputs, 'deployment' | 'scalable'>,
    Required<Pick<TargetInputs, 'serviceUrl' | 'autoscaler'>> {
  resource: pulumi.Resource;
  url: pulumi.Output<string>;
  /** What calls carry in their Host header, where that is not the URL's. */
  host?: pulumi.Output<string>;
}
