import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { labels } from '../labels.ts';
import { scriptProvider } from '../provider/index.ts';
import { revisionSpec, scaleAnnotations } from './service-spec.ts';

export interface KnativeServiceArgs {
  cluster: StackConfig['kubernetes'];
  namespace: pulumi.Input<string>;
  /** What the function is called. */
  name: string;
  image: pulumi.Input<string>;
  /** The Secret with which the image is pulled. */
  pullSecret?: pulumi.Input<string> | undefined;
  classifier: StackConfig['classifier'];
  scaling: StackConfig['serverless'];
  knative: StackConfig['knative'];
}

/** The classifier as a Service of Knative. It is there when its condition Ready holds for its newest revision. */
export class KnativeService extends pulumi.dynamic.Resource {
  /** The revision that answers. */
  declare readonly revision: pulumi.Output<string>;
  /** The name by which the ingress knows it. */
  declare readonly host: pulumi.Output<string>;

  constructor(resource: string, args: KnativeServiceArgs, opts: pulumi.CustomResourceOptions) {
    const { cluster, namespace, name, classifier, scaling, knative } = args;
    const common = labels(name, 'serverless');
    const spec = pulumi
      .all([args.image, args.pullSecret])
      .apply(([image, pullSecret]) =>
        revisionSpec({ image, pullSecret, classifier, containerConcurrency: knative.containerConcurrency }),
      );
    const service = {
      name,
      namespace,
      labels: common,
      annotations: { 'networking.knative.dev/ingress.class': knative.ingressClass },
      template: { labels: common, annotations: scaleAnnotations(scaling, knative), spec },
    };
    const inputs = { cluster, service, revision: undefined, host: undefined };
    super(
      scriptProvider('infra/kubernetes/knative/service-main.ts'),
      resource,
      inputs,
      opts,
      'faceoff',
      'KnativeService',
    );
  }
}
