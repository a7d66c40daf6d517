import * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { labels } from '../labels.ts';

type Spec = kubernetes.types.input.networking.v1.NetworkPolicySpec;

interface Namespaces {
  /** Of the gateway. */
  system: pulumi.Input<string>;
  functions: pulumi.Input<string>;
}

/** Requests come in through the gateway alone; functions are called by it, and call nobody. */
export function networkPolicies({ system, functions }: Namespaces, port: number, parent: pulumi.Resource): void {
  const policy = (name: string, namespace: pulumi.Input<string>, spec: Spec) =>
    new kubernetes.networking.v1.NetworkPolicy(
      name,
      { metadata: { name, namespace, labels: labels(name, 'serverless') }, spec },
      { parent },
    );
  const fromSystem = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': system } } };
  const ports = [{ protocol: 'TCP', port }];
  policy('functions', functions, {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [fromSystem], ports }],
  });
  policy('openfaas', system, { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] });
  policy('gateway', system, {
    podSelector: { matchLabels: { app: 'gateway' } },
    policyTypes: ['Ingress'],
    ingress: [{ ports }],
  });
}
