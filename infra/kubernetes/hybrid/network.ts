import * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { classifierPort } from '../classifier-container.ts';
import { labels, selector } from '../labels.ts';
import { metricsPort, routerPort } from './router-text.ts';

export interface Neighbours {
  namespace: pulumi.Input<string>;
  /** The labels of the base's pods. */
  base: Record<string, string>;
  /** Of the gateway or ingress that leads to the function. */
  functionNamespace: pulumi.Input<string>;
}

/** The router takes requests from anywhere, and asks DNS, the base, and what leads to the function. */
export function networkPolicy(
  { namespace, base, functionNamespace }: Neighbours,
  parent: pulumi.Resource,
): kubernetes.networking.v1.NetworkPolicy {
  const name = 'router';
  const tcp = (port: number) => ({ protocol: 'TCP', port });
  return new kubernetes.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name, namespace, labels: labels(name, 'hybrid') },
      spec: {
        podSelector: { matchLabels: selector(name, 'hybrid') },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ ports: [tcp(routerPort), tcp(metricsPort)] }],
        egress: [
          { ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] },
          { to: [{ podSelector: { matchLabels: base } }], ports: [tcp(classifierPort)] },
          { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': functionNamespace } } }] },
        ],
      },
    },
    { parent },
  );
}
