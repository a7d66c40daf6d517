import { createHash } from 'node:crypto';
import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { type Component, labels, selector } from '../labels.ts';
import { overruling } from '../overruling.ts';
import { networkPolicy } from './network.ts';
import { routerPod } from './pod.ts';
import { routerPort } from './router-text.ts';

export interface RouterArgs {
  namespace: pulumi.Input<string>;
  hybrid: StackConfig['hybrid'];
  /** Of the Service that leads to it. */
  service: 'NodePort' | 'ClusterIP';
  /** HAProxy's configuration. */
  text: pulumi.Output<string>;
  /** The labels of the base's pods. */
  base: Record<string, string>;
  /** Of the gateway or ingress that leads to the function. */
  functionNamespace: pulumi.Input<string>;
}

/** What the router's objects and its container are called. */
export const routerName = 'router';
const component: Component = 'hybrid';

/** HAProxy, in one pod: two would each give the base all that it may have at once. */
export class Router extends pulumi.ComponentResource {
  readonly deployment: kubernetes.apps.v1.Deployment;
  readonly service: kubernetes.core.v1.Service;

  constructor(name: string, args: RouterArgs, opts: pulumi.ComponentResourceOptions) {
    super('faceoff:kubernetes:Router', name, {}, opts);
    const { namespace, hybrid } = args;
    const metadata = { name: routerName, namespace, labels: labels(routerName, component) };
    const parent = { parent: this };
    const policy = networkPolicy(args, this);
    this.service = new kubernetes.core.v1.Service(
      name,
      {
        metadata,
        spec: {
          type: args.service,
          selector: selector(routerName, component),
          ports: [{ name: 'http', port: routerPort, targetPort: 'http' }],
        },
      },
      parent,
    );
    // Another text is another ConfigMap: pods of both kinds find theirs while one replaces the other.
    const configMap = new kubernetes.core.v1.ConfigMap(
      name,
      {
        metadata: { ...metadata, name: args.text.apply((text) => `${routerName}-${digest(text)}`) },
        data: { 'haproxy.cfg': args.text },
      },
      parent,
    );
    this.deployment = new kubernetes.apps.v1.Deployment(
      name,
      {
        // A benchmark sets variables of the container; one that the configuration sets holds against that.
        metadata: { ...metadata, annotations: overruling },
        spec: {
          replicas: 1,
          selector: { matchLabels: selector(routerName, component) },
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
          template: {
            metadata: { labels: metadata.labels },
            spec: routerPod({ ...hybrid, configMap: configMap.metadata.name }),
          },
        },
      },
      { ...parent, dependsOn: [policy] },
    );
    new kubernetes.policy.v1.PodDisruptionBudget(
      name,
      { metadata, spec: { maxUnavailable: 1, selector: { matchLabels: selector(routerName, component) } } },
      parent,
    );
    this.registerOutputs({ service: this.service.metadata.name });
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
