import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { labels } from '../labels.ts';
import { scriptProvider } from '../provider/index.ts';
import { revisionSpec, scaleAnnotations } from './service-spec.ts';

export interface KnativeServiceArgs {
  cluster: StackConfig['kubernetes'];
  namespace: pulumi.Input<string>;
  image: pulumi.Input<string>;
  /** The Secret with which the image is pulled. */
  pullSecret?: pulumi.Input<string> | undefined;
  classifier: StackConfig['classifier'];
  serverless: StackConfig['serverless'];
  knative: StackConfig['knative'];
}

/** What the function is called. */
export const serviceName = 'classifier';

/** The classifier as a Service of Knative. It is there when its condition Ready holds for its newest revision. */
export class KnativeService extends pulumi.dynamic.Resource {
  /** The revision that answers. */
  declare readonly revision: pulumi.Output<string>;
  /** The name by which the ingress knows it. */
  declare readonly host: pulumi.Output<string>;

  constructor(name: string, args: KnativeServiceArgs, opts: pulumi.CustomResourceOptions) {
    const { cluster, namespace, classifier, serverless, knative } = args;
    const common = labels(serviceName, 'serverless');
    const spec = pulumi
      .all([args.image, args.pullSecret])
      .apply(([image, pullSecret]) =>
        revisionSpec({ image, pullSecret, classifier, containerConcurrency: knative.containerConcurrency }),
      );
    const service = {
      name: serviceName,
      namespace,
      labels: common,
      annotations: { 'networking.knative.dev/ingress.class': knative.ingressClass },
      template: { labels: common, annotations: scaleAnnotations(serverless, knative), spec },
    };
    const inputs = { cluster, service, revision: undefined, host: undefined };
    super(scriptProvider('infra/kubernetes/knative/service-main.ts'), name, inputs, opts, 'faceoff', 'KnativeService');
  }
}
