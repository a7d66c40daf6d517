import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { labels } from '../labels.ts';
import { scriptProvider } from '../provider/index.ts';
import { guaranteed } from '../resources.ts';
import { scaleLabels } from './scaling.ts';

export interface FunctionArgs {
  cluster: StackConfig['kubernetes'];
  /** The gateway's Service, which a port-forward leads to. */
  gateway: { namespace: string; service: string; port: number };
  /** Of the gateway's user admin. */
  password: pulumi.Input<string>;
  namespace: pulumi.Input<string>;
  /** What the function is called. */
  name: string;
  image: pulumi.Input<string>;
  /** The Secret with which the image is pulled. */
  pullSecret?: pulumi.Input<string> | undefined;
  classifier: StackConfig['classifier'];
  scaling: StackConfig['serverless'];
  /** Whether its replicas are taken away once they were there: the next call starts one. */
  idle?: boolean;
}

/** The classifier as a function of OpenFaaS, deployed through the gateway's REST API. It is there when its replicas are. */
export class ClassifierFunction extends pulumi.dynamic.Resource {
  constructor(resource: string, args: FunctionArgs, opts: pulumi.CustomResourceOptions) {
    const { cluster, gateway, password, namespace, name, image, pullSecret, classifier, scaling, idle } = args;
    const wanted = {
      service: name,
      namespace,
      image,
      // All replicas serve the weights that are in the image.
      envVars: { ...classifier.env, OFFLINE: '1' },
      labels: { ...labels(name, 'serverless'), ...scaleLabels(scaling) },
      ...guaranteed(classifier),
      secrets: pullSecret === undefined ? [] : [pullSecret],
      readOnlyRootFilesystem: true,
    };
    super(
      scriptProvider('infra/kubernetes/function/function-main.ts'),
      resource,
      { cluster, gateway, password: pulumi.secret(password), function: wanted, ...(idle && { idle }) },
      opts,
      'faceoff',
      'OpenFaasFunction',
    );
  }
}
