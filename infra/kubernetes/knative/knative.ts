import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { labels } from '../labels.ts';
import { restricted } from '../pod-security.ts';
import { networkPolicy } from './network.ts';
import { KnativeServing } from './serving.ts';

export interface KnativeArgs {
  cluster: StackConfig['kubernetes'];
  knative: StackConfig['knative'];
  /** The name of the function's image, or what that begins with. */
  image: string;
  /** Of the Service that leads to the ingress from outside the cluster. */
  service: 'NodePort' | 'ClusterIP';
}

/** Where Knative's manifests put its programs. */
export const servingNamespace = 'knative-serving';
/** Where the function is. It is made, and must not be there yet. */
const functionNamespace = 'faceoff-knative';
/** The port of the Service that leads to the ingress. */
const port = 80;

/** Knative Serving with its ingress, and a namespace for the function. */
export class Knative extends pulumi.ComponentResource {
  /** Waits until Knative is ready. */
  readonly functionNamespace: pulumi.Output<string>;
  /** Leads to the ingress. */
  readonly service: kubernetes.core.v1.Service;

  constructor(name: string, args: KnativeArgs, opts?: pulumi.ComponentResourceOptions) {
    super('faceoff:kubernetes:Knative', name, {}, opts);
    const { cluster, knative, image } = args;
    const serving = new KnativeServing('knative-serving', { cluster, knative, image }, { parent: this });
    const namespace = new kubernetes.core.v1.Namespace(
      functionNamespace,
      { metadata: { name: functionNamespace, labels: { ...labels(functionNamespace, 'serverless'), ...restricted } } },
      { parent: this },
    );
    networkPolicy(namespace.metadata.name, this);
    this.functionNamespace = pulumi.all([namespace.metadata.name, serving.id]).apply(([made]) => made);
    this.service = new kubernetes.core.v1.Service(
      'knative-ingress',
      {
        metadata: {
          name: 'knative-ingress-outside',
          namespace: knative.ingressService.namespace,
          labels: labels('knative-ingress-outside', 'serverless'),
        },
        spec: {
          type: args.service,
          selector: serving.ingressSelector,
          ports: [{ name: 'http', port, targetPort: serving.ingressPort }],
        },
      },
      { parent: this, dependsOn: serving },
    );
    this.registerOutputs({ functionNamespace: this.functionNamespace, service: this.service.metadata.name });
  }
}
