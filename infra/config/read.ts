import * as pulumi from '@pulumi/pulumi';
import { checkConfig } from './check.ts';
import { type Edition, editionOf } from './editions.ts';
import { isContent } from './kubeconfig.ts';
import type { Values } from './schema.ts';

/** What a stack's configuration decides, by namespace. Secrets are secret outputs. */
export interface StackConfig extends Pick<Values, 'classifier' | 'serverless' | 'exposure' | 'benchmark'> {
  architectures: Values['faceoff']['architectures'];
  /** The namespace of the server. */
  namespace: string;
  /** The cluster, as the Kubernetes provider takes it. */
  kubernetes: { context?: string; kubeconfig?: pulumi.Output<string> | string };
  image: Omit<Values['image'], `registry${string}`> & { registry?: Registry };
  server: Required<Values['server']>;
  openfaas: Omit<Values['openfaas'], 'license' | 'edition'> & { edition: Edition; license?: pulumi.Output<string> };
  /** Absent without a token. */
  ngrok?: Omit<Values['ngrok'], 'authtoken'> & { authtoken: pulumi.Output<string> };
}

/** A registry, and as whom to use it. */
export interface Registry {
  server: string;
  credentials?: { username: string; password: pulumi.Output<string> };
}

/**
 * Reads the stack's configuration and checks all of it, before any resource is made.
 * @throws {ConfigFault} that names every key that is wrong, its value, and what is allowed.
 */
export function readStackConfig(): StackConfig {
  const { faceoff, kubernetes, image, server, openfaas, ngrok, ...rest } = checkConfig(pulumi.runtime.allConfig());
  const { registryServer, registryUsername, registryPassword, ...built } = image;
  const { license, edition: _, ...chart } = openfaas;
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
      ...(registryServer !== undefined && {
        registry: {
          server: registryServer,
          ...(registryUsername !== undefined &&
            registryPassword !== undefined && {
              credentials: { username: registryUsername, password: pulumi.secret(registryPassword) },
            }),
        },
      }),
    },
    server: { ...server, maxReplicas: server.maxReplicas ?? server.replicas },
    openfaas: {
      ...chart,
      edition: editionOf(openfaas),
      ...(license !== undefined && { license: pulumi.secret(license) }),
    },
    ...(authtoken !== undefined && { ngrok: { ...agent, authtoken: pulumi.secret(authtoken) } }),
  };
}

function hideContent(kubeconfig: string): pulumi.Output<string> | string {
  return isContent(kubeconfig) ? pulumi.secret(kubeconfig) : kubeconfig;
}
