import * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { labels, selector } from '../labels.ts';
import { agentEgress } from '../ngrok/index.ts';
import { name, port } from './pod.ts';

/** Nothing goes into the server's namespace or out of it, but requests to the server and, where there is one, its ngrok agent. */
export function networkPolicies(
  namespace: pulumi.Input<string>,
  { ngrok }: { ngrok: boolean },
  parent: pulumi.Resource,
): kubernetes.networking.v1.NetworkPolicy[] {
  const nothing = new kubernetes.networking.v1.NetworkPolicy(
    'default-deny',
    {
      metadata: { name: 'default-deny', namespace, labels: labels('default-deny', 'server') },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
    { parent },
  );
  const requests = new kubernetes.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name, namespace, labels: labels(name, 'server') },
      spec: {
        podSelector: { matchLabels: selector(name, 'server') },
        policyTypes: ['Ingress', 'Egress'],
        // From anywhere: behind a NodePort, a client has the address of a node or its own.
        ingress: [{ ports: [{ protocol: 'TCP', port }] }],
        egress: ngrok ? agentEgress : [],
      },
    },
    { parent },
  );
  return [nothing, requests];
}
