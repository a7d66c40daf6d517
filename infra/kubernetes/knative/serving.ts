import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { scriptProvider } from '../provider/index.ts';
import { registryOf } from './registry.ts';

export interface KnativeServingArgs {
  cluster: StackConfig['kubernetes'];
  knative: StackConfig['knative'];
  /** The name of the function's image, or what that begins with. */
  image: string;
}

/** Knative Serving and its ingress: installed, or what the cluster has of them. */
export class KnativeServing extends pulumi.dynamic.Resource {
  /** The labels of the ingress's pods. */
  declare readonly ingressSelector: pulumi.Output<Record<string, string>>;
  /** Where those take requests. */
  declare readonly ingressPort: pulumi.Output<number | string>;

  constructor(name: string, { cluster, knative, image }: KnativeServingArgs, opts: pulumi.CustomResourceOptions) {
    const { manifests, version, domain, ingressClass, ingressService: ingress } = knative;
    const source = manifests === undefined ? { version } : manifests;
    const settings = { domain, ingressClass, registry: registryOf(image) };
    const inputs = {
      cluster,
      ingress,
      ...(knative.install && { install: { source, settings, stack: pulumi.getStack() } }),
      objects: undefined,
      ingressSelector: undefined,
      ingressPort: undefined,
    };
    super(scriptProvider('infra/kubernetes/knative/serving-main.ts'), name, inputs, opts, 'faceoff', 'KnativeServing');
  }
}
