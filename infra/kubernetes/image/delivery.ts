import * as pulumi from '@pulumi/pulumi';
import { scriptProvider } from '../provider/index.ts';
import type { Way } from './deliver.ts';

/** As `Way`, with a command that may be secret. */
type WayArgs = Extract<Way, { by: 'minikube' }> | { by: 'command'; command: pulumi.Input<string>; context: string };

/** Brings a built image to the nodes, again whenever its content, the way or the cluster is another. */
export class Delivery extends pulumi.dynamic.Resource {
  /** The delivered image; what uses this waits for the delivery. */
  declare readonly image: pulumi.Output<string>;

  constructor(
    name: string,
    args: { image: pulumi.Input<string>; digest: pulumi.Input<string>; way: WayArgs },
    opts: pulumi.CustomResourceOptions,
  ) {
    super(scriptProvider('infra/kubernetes/image/deliver-main.ts'), name, args, opts, 'faceoff', 'ImageDelivery');
  }
}
