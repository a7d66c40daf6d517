import type * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { scriptProvider } from '../provider/index.ts';
import { agentPort } from './agent.ts';

export interface PublicUrlArgs {
  cluster: { kubeconfig?: pulumi.Input<string>; context?: string };
  /** With the agent in its pods. Another generation of it has the URL read again. */
  deployment: kubernetes.apps.v1.Deployment;
}

/** The URL under which an ngrok agent is reached, as it tells itself. */
export class PublicUrl extends pulumi.dynamic.Resource {
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, { cluster, deployment }: PublicUrlArgs, opts: pulumi.CustomResourceOptions) {
    const { metadata } = deployment;
    const inputs = {
      cluster,
      namespace: metadata.namespace,
      deployment: metadata.name,
      // A preview does not tell it of a Deployment whose inputs are not known yet.
      revision: metadata.apply(({ generation }) => generation ?? unknown),
      port: agentPort,
      url: undefined,
    };
    super(scriptProvider('infra/kubernetes/ngrok/public-url-main.ts'), name, inputs, opts, 'faceoff', 'NgrokPublicUrl');
  }
}

// Pulumi's type for it tells nothing of what it stands for.
const unknown = pulumi.unknown as unknown as number;
