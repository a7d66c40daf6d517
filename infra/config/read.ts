import * as pulumi from '@pulumi/pulumi';
import { checkConfig } from './check.ts';
import { type Edition, editionOf } from './editions.ts';
import { isContent } from './kubeconfig.ts';
import { hybridPlatform, type PlatformName } from './platforms.ts';
import type { Values } from './schema.ts';

/** What a stack's configuration decides, by namespace. Secrets are secret outputs. */
export interface StackConfig extends Pick<Values, 'classifier' | 'exposure' | 'benchmark'> {
  architectures: Values['faceoff']['architectures'];
  /** The namespace of the server. */
  namespace: string;
  /** The cluster, as the Kubernetes provider takes it. */
  kubernetes: { context?: string; kubeconfig?: pulumi.Output<string> | string };
  image: Omit<Values['image'], 'command' | `registry${string}`> & {
    command?: pulumi.Input<string>;
    registry?: Registry;
  };
  server: Required<Values['server']>;
  /** In the order of the targets. */
  platforms: Values['serverless']['platform'];
  serverless: Omit<Values['serverless'], 'platform'>;
  hybrid: Omit<Values['hybrid'], 'platform'> & { platform: PlatformName };
  openfaas: Pick<Values['openfaas'], 'chartVersion' | 'chartRepository' | 'imagePullPolicy'> & {
    edition: Edition;
    /** A folder with the chart. */
    chartPath?: string;
    values: pulumi.Input<Values['openfaas']['values']>;
    license?: pulumi.Output<string>;
  };
  knative: Omit<Values['knative'], 'ingressService'> & {
    /** The Service of the ingress. */
    ingressService: { namespace: string; name: string };
  };
  /** Absent without a token. */
  ngrok?: Omit<Values['ngrok'], 'authtoken'> & { authtoken: pulumi.Output<string> };
}

/** A registry, and as whom to use it. */
export interface Registry {
  server: string;
  credentials?: { username: pulumi.Input<string>; password: pulumi.Output<string> };
}

/**
 * Reads the stack's configuration and checks all of it, before any resource is made.
 * @throws {ConfigFault} that names every key that is wrong, its value, and what is allowed.
 */
export function readStackConfig(): StackConfig {
  const { faceoff, kubernetes, image, server, serverless, hybrid, openfaas, knative, ngrok, ...rest } = checkConfig(
    pulumi.runtime.allConfig(),
    isSecret,
  );
  const { registryServer, registryUsername, registryPassword, command, ...built } = image;
  const { platform: platforms, ...scaling } = serverless;
  const { license, edition: _, chartPath, values, ...chart } = openfaas;
  const { ingressService, ...serving } = knative;
  const [ingressNamespace = '', ingressName = ''] = ingressService.split('/');
  const { authtoken, ...agent } = ngrok;
  return {
    ...rest,
    architectures: faceoff.architectures,
    namespace: faceoff.namespace,
    kubernetes: {
      ...(kubernetes.context !== undefined && { context: kubernetes.context }),
      ...(kubernetes.kubeconfig !== undefined && { kubeconfig: hideContent(kubernetes.kubeconfig) }),
    },
    image: {
      ...built,
      ...(command !== undefined && { command: asSet('image:command', command) }),
      ...(registryServer !== undefined && {
        registry: {
          server: registryServer,
          ...(registryUsername !== undefined &&
            registryPassword !== undefined && {
              credentials: {
                username: asSet('image:registryUsername', registryUsername),
                password: pulumi.secret(registryPassword),
              },
            }),
        },
      }),
    },
    server: { ...server, maxReplicas: server.maxReplicas ?? server.replicas },
    platforms,
    serverless: scaling,
    hybrid: { ...hybrid, platform: hybridPlatform({ hybrid, serverless }) },
    openfaas: {
      ...chart,
      ...(chartPath !== undefined && { chartPath: chartPath.path }),
      values: asSet('openfaas:values', values),
      edition: editionOf(openfaas),
      ...(license !== undefined && { license: pulumi.secret(license) }),
    },
    knative: { ...serving, ingressService: { namespace: ingressNamespace, name: ingressName } },
    ...(authtoken !== undefined && { ngrok: { ...agent, authtoken: pulumi.secret(authtoken) } }),
  };
}

/** Pulumi has this, and leaves it out of its types. */
const { isConfigSecret: isSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };

/** A value that was set as a secret stays one. */
function asSet<T>(key: string, value: T): pulumi.Output<T> | T {
  return isSecret(key) ? (pulumi.secret(value) as pulumi.Output<T>) : value;
}

function hideContent(kubeconfig: string): pulumi.Output<string> | string {
  return isContent(kubeconfig) ? pulumi.secret(kubeconfig) : asSet('kubernetes:kubeconfig', kubeconfig);
}
