import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { labels } from '../labels.ts';
import { containerSecurity } from '../pod-security.ts';
import { guaranteed } from '../resources.ts';

/** The agent's own API inside its pod; it listens on the loopback alone, since it has no password. */
export const agentPort = 4040;

export interface AgentArgs {
  namespace: pulumi.Input<string>;
  image: string;
  authtoken: pulumi.Output<string>;
  /** The public domain; ngrok chooses one without it. */
  domain?: string | undefined;
  /** Where the agent sends requests on to. */
  upstream: pulumi.Input<string>;
}

/** What a pod needs to run an ngrok agent. */
export interface Agent {
  container: kubernetes.types.input.core.v1.Container;
  volume: kubernetes.types.input.core.v1.Volume;
}

const folder = '/etc/ngrok';
const file = 'ngrok.yml';

/**
 * Makes the token's Secret and the agent's configuration. Both get another name with another content, so that their
 * pods are rolled out again.
 */
export function agent(name: string, args: AgentArgs, parent: pulumi.Resource): Agent {
  const { namespace, image } = args;
  const metadata = { namespace, labels: labels(name, 'ngrok') };
  const secret = new kubernetes.core.v1.Secret(
    `${name}-token`,
    { metadata, immutable: true, stringData: { authtoken: pulumi.secret(args.authtoken) } },
    { parent },
  );
  const config = new kubernetes.core.v1.ConfigMap(
    `${name}-config`,
    { metadata, immutable: true, data: { [file]: agentConfig(name, args) } },
    { parent },
  );
  return {
    volume: { name: 'ngrok', configMap: { name: config.metadata.name } },
    container: {
      name: 'ngrok',
      image,
      imagePullPolicy: 'IfNotPresent',
      args: ['start', '--all', '--config', `${folder}/${file}`],
      env: [{ name: 'NGROK_AUTHTOKEN', valueFrom: { secretKeyRef: { name: secret.metadata.name, key: 'authtoken' } } }],
      volumeMounts: [{ name: 'ngrok', mountPath: folder, readOnly: true }],
      resources: guaranteed({ cpu: '100m', memory: '128Mi' }),
      securityContext: containerSecurity,
    },
  };
}

/** The agent's configuration file: JSON, which is YAML too. */
function agentConfig(name: string, { domain, upstream }: AgentArgs): pulumi.Output<string> {
  return pulumi.output(upstream).apply((url) =>
    JSON.stringify({
      version: 3,
      agent: {
        web_addr: `127.0.0.1:${agentPort}`,
        update_check: false,
        console_ui: false,
        log: 'stdout',
        log_format: 'json',
      },
      endpoints: [
        {
          name,
          // Agents of several replicas, and of old and new ones during a roll-out, share one domain.
          ...(domain !== undefined && { url: `https://${domain}`, pooling_enabled: true }),
          upstream: { url },
        },
      ],
    }),
  );
}

/** What an agent must reach: names, and ngrok. */
export const agentEgress: kubernetes.types.input.networking.v1.NetworkPolicyEgressRule[] = [
  {
    ports: [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ],
  },
  { ports: [{ protocol: 'TCP', port: 443 }] },
];
