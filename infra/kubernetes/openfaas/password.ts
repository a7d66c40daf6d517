import * as pulumi from '@pulumi/pulumi';
import { scriptProvider } from '../provider/index.ts';

/** A password that is made once and then stays, as a secret of the stack's state. */
export class Password extends pulumi.dynamic.Resource {
  declare readonly password: pulumi.Output<string>;

  constructor(name: string, opts: pulumi.CustomResourceOptions) {
    super(
      scriptProvider('infra/kubernetes/openfaas/password-main.ts'),
      name,
      { password: undefined },
      { ...opts, additionalSecretOutputs: ['password'] },
      'faceoff',
      'Password',
    );
  }
}
