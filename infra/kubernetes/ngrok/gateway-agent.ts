import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { labels, selector } from '../labels.ts';
import { podSecurity } from '../pod-security.ts';
import { type AgentArgs, agent, agentEgress } from './agent.ts';

export interface GatewayAgentArgs extends AgentArgs {
  /** The port of the pods that the upstream's Service leads to. */
  upstreamPort: number;
}

/** An ngrok agent in a Deployment of its own, for a Service whose pods cannot take a sidecar. */
export class GatewayAgent extends pulumi.ComponentResource {
  readonly deployment: kubernetes.apps.v1.Deployment;

  constructor(name: string, args: GatewayAgentArgs, opts?: pulumi.ComponentResourceOptions) {
    super('faceoff:kubernetes:GatewayAgent', name, {}, opts);
    const { container, volume } = agent(name, args, this);
    const metadata = { name, namespace: args.namespace, labels: labels(name, 'ngrok') };
    new kubernetes.networking.v1.NetworkPolicy(
      name,
      {
        metadata,
        spec: {
          podSelector: { matchLabels: selector(name, 'ngrok') },
          policyTypes: ['Ingress', 'Egress'],
          egress: [...agentEgress, { ports: [{ protocol: 'TCP', port: args.upstreamPort }] }],
        },
      },
      { parent: this },
    );
    this.deployment = new kubernetes.apps.v1.Deployment(
      name,
      {
        metadata,
        spec: {
          replicas: 1,
          // A plan of ngrok limits how many agents run at once, so the old one makes room for the new.
          strategy: { type: 'Recreate' },
          selector: { matchLabels: selector(name, 'ngrok') },
          template: {
            metadata: { labels: labels(name, 'ngrok') },
            spec: {
              automountServiceAccountToken: false,
              securityContext: podSecurity,
              containers: [container],
              volumes: [volume],
            },
          },
        },
      },
      { parent: this },
    );
    this.registerOutputs({ deployment: this.deployment.metadata.name });
  }
}
