import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { classifierPort as port } from '../classifier-container.ts';
import type { ClassifierImage } from '../image/index.ts';
import { labels, selector } from '../labels.ts';
import { agent } from '../ngrok/index.ts';
import { overruling } from '../overruling.ts';
import { restricted } from '../pod-security.ts';
import { autoscaler, disruptionBudget } from './availability.ts';
import { networkPolicies } from './network.ts';
import type { Part } from './part.ts';
import { classifierPod } from './pod.ts';

export interface ServerArgs {
  /** What its objects are called, and the part that they play; `server` unless given. */
  part?: Part;
  /** Made by this component, for the server alone. */
  namespace: string;
  image: Pick<ClassifierImage, 'name' | 'pullSecretIn'>;
  classifier: StackConfig['classifier'];
  server: StackConfig['server'];
  /** `headless`: its name leads to the replicas themselves. */
  exposure: { service: StackConfig['exposure']['service'] | 'headless' };
  /** The labels of the only pods that may send requests; without it, anybody may. */
  from?: Record<string, string>;
  ngrok?: StackConfig['ngrok'];
}

/** The classifier as a server: replicas that are always on, behind a Service. */
export class Server extends pulumi.ComponentResource {
  readonly namespace: pulumi.Output<string>;
  readonly deployment: kubernetes.apps.v1.Deployment;
  readonly service: kubernetes.core.v1.Service;
  /** Present with a greater most than least number of replicas. */
  readonly autoscaler?: kubernetes.autoscaling.v2.HorizontalPodAutoscaler;

  constructor(resourceName: string, args: ServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super('faceoff:kubernetes:Server', resourceName, {}, opts);
    const { part = { name: 'server', component: 'server' }, namespace, image, ngrok } = args;
    const { name, component } = part;
    const made = new kubernetes.core.v1.Namespace(
      name,
      { metadata: { name: namespace, labels: { ...labels(namespace, component), ...restricted } } },
      { parent: this },
    );
    this.namespace = made.metadata.name;
    const metadata = { name, namespace: this.namespace, labels: labels(name, component) };
    const sidecar =
      ngrok &&
      agent(
        'server-ngrok',
        { ...ngrok, namespace: this.namespace, domain: ngrok.serverDomain, upstream: `http://127.0.0.1:${port}` },
        this,
      );
    const pod = classifierPod({
      image: image.name,
      classifier: args.classifier,
      pullSecret: image.pullSecretIn?.(this.namespace, this),
      sidecar,
    });
    const policies = networkPolicies(part, this.namespace, { from: args.from, ngrok: ngrok !== undefined }, this);
    this.service = new kubernetes.core.v1.Service(name, this.#service(part, metadata, args), { parent: this });
    this.deployment = this.#deployment(part, metadata, pod, args, policies);
    disruptionBudget(part, this.namespace, this);
    const { replicas, maxReplicas, cpuTarget } = args.server;
    if (maxReplicas > replicas) {
      const range = { least: replicas, most: maxReplicas, cpuTarget };
      this.autoscaler = autoscaler(part, this.deployment, range, this);
    }
    this.registerOutputs({ namespace: this.namespace, service: this.service.metadata.name });
  }

  #service(
    { name, component }: Part,
    metadata: Metadata,
    { exposure: { service }, ngrok }: ServerArgs,
  ): kubernetes.core.v1.ServiceArgs {
    return {
      metadata,
      spec: {
        ...(service === 'headless' ? { clusterIP: 'None' } : { type: ngrok === undefined ? service : 'ClusterIP' }),
        selector: selector(name, component),
        ports: [{ name: 'http', port, targetPort: 'http' }],
      },
    };
  }

  #deployment(
    { name, component }: Part,
    metadata: Metadata,
    pod: kubernetes.types.input.core.v1.PodSpec,
    { server: { replicas, maxReplicas } }: ServerArgs,
    dependsOn: pulumi.Resource[],
  ): kubernetes.apps.v1.Deployment {
    const spec = {
      // An autoscaler has the number in its hands; every update would set it back.
      ...(maxReplicas > replicas ? {} : { replicas }),
      selector: { matchLabels: selector(name, component) },
      // An old replica goes when a new one is ready, so that no request is lost.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: { metadata: { labels: metadata.labels }, spec: pod },
    };
    return new kubernetes.apps.v1.Deployment(
      name,
      { metadata: { ...metadata, annotations: overruling }, spec },
      { parent: this, dependsOn },
    );
  }
}

interface Metadata {
  name: string;
  namespace: pulumi.Output<string>;
  labels: Record<string, string>;
}
