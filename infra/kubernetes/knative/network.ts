import * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { labels } from '../labels.ts';

/** Where Knative's queue proxy takes requests, is asked how many there are, and is told to end. */
const ports = [8012, 8013, 8112, 8022, 9090, 9091].map((port) => ({ protocol: 'TCP', port }));

/** Requests come in through the queue proxies alone; functions call nobody. */
export function networkPolicy(namespace: pulumi.Input<string>, parent: pulumi.Resource): void {
  const name = 'knative-functions';
  new kubernetes.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name, namespace, labels: labels(name, 'serverless') },
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        // The ingress may stand in any namespace.
        ingress: [{ from: [{ namespaceSelector: {} }], ports }],
      },
    },
    { parent },
  );
}
