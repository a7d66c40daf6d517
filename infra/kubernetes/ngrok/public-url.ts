import * as pulumi from '@pulumi/pulumi';
import { scriptProvider } from '../provider/index.ts';
import { agentPort } from './agent.ts';

export interface PublicUrlArgs {
  cluster: { kubeconfig?: pulumi.Input<string>; context?: string };
  namespace: pulumi.Input<string>;
  /** The Deployment with the agent in its pods. */
  deployment: pulumi.Input<string>;
  /** Another value has the URL read again: agents without a domain get another one when they start. */
  revision: pulumi.Input<number>;
}

/** The URL under which an ngrok agent is reached, as it tells itself. */
export class PublicUrl extends pulumi.dynamic.Resource {
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, args: PublicUrlArgs, opts: pulumi.CustomResourceOptions) {
    const inputs = { ...args, port: agentPort, url: undefined };
    super(scriptProvider('infra/kubernetes/ngrok/public-url-main.ts'), name, inputs, opts, 'faceoff', 'NgrokPublicUrl');
  }
}
