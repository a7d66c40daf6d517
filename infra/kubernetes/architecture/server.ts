import * as pulumi from '@pulumi/pulumi';
import { serviceUrl, urlInside } from '../exposure/index.ts';
import { PublicUrl } from '../ngrok/index.ts';
import { Server } from '../server/index.ts';
import type { Made, MakeArgs } from './made.ts';

/** The classifier as a server: replicas that are always on. */
export function makeServer({ config, image, provider }: MakeArgs): Made {
  const { classifier, exposure, namespace, ngrok } = config;
  const server = new Server(
    'server',
    { namespace, image, classifier, server: config.server, exposure, ...(ngrok && { ngrok }) },
    { providers: [provider] },
  );
  const { metadata } = server.deployment;
  const published =
    ngrok &&
    new PublicUrl(
      'server-public-url',
      { cluster: config.kubernetes, deployment: server.deployment },
      { dependsOn: server },
    );
  const url = pulumi.interpolate`${published?.url ?? serviceUrl(server.service, config)}/`;
  const { replicas: min, maxReplicas: max } = config.server;
  const target = pulumi
    .all([url, urlInside(server.service), metadata.namespace, metadata.name, server.autoscaler?.metadata.name])
    .apply(([url, inside, namespace, name, autoscaler]) => ({
      name: 'server',
      architecture: 'server' as const,
      url,
      serviceUrl: `${inside}/`,
      deployment: { namespace, name },
      scalable: false,
      minReplicas: min,
      ...(autoscaler !== undefined && { autoscaler: { kind: 'hpa' as const, namespace, name: autoscaler, min, max } }),
    }));
  return { target, resources: [server, ...(published ? [published] : [])], urls: { server: url } };
}
