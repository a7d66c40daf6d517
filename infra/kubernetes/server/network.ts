import * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { classifierPort as port } from '../classifier-container.ts';
import { labels, selector } from '../labels.ts';
import { agentEgress } from '../ngrok/index.ts';
import type { Part } from './part.ts';

export interface Access {
  /** The only pods of the namespace that may send requests; without it, anybody may. */
  from?: Record<string, string> | undefined;
  /** Whether an ngrok agent runs beside the server. */
  ngrok: boolean;
}

/** Nothing goes into the server's namespace or out of it, but requests to the server and, where there is one, its ngrok agent. */
export function networkPolicies(
  { name, component }: Part,
  namespace: pulumi.Input<string>,
  { from, ngrok }: Access,
  parent: pulumi.Resource,
): kubernetes.networking.v1.NetworkPolicy[] {
  const nothing = new kubernetes.networking.v1.NetworkPolicy(
    'default-deny',
    {
      metadata: { name: 'default-deny', namespace, labels: labels('default-deny', component) },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
    { parent },
  );
  const requests = new kubernetes.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name, namespace, labels: labels(name, component) },
      spec: {
        podSelector: { matchLabels: selector(name, component) },
        policyTypes: ['Ingress', 'Egress'],
        // Without one that is known: behind a NodePort, a client has the address of a node or its own.
        ingress: [
          { ...(from && { from: [{ podSelector: { matchLabels: from } }] }), ports: [{ protocol: 'TCP', port }] },
        ],
        egress: ngrok ? agentEgress : [],
      },
    },
    { parent },
  );
  return [nothing, requests];
}
