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
  const named = ({ namespace, name }: typeof metadata) => pulumi.output({ namespace, name });
  const target = {
    name: 'server',
    architecture: 'server' as const,
    url,
    serviceUrl: pulumi.interpolate`${urlInside(server.service)}/`,
    deployment: named(metadata),
    scalable: false,
    minReplicas: min,
    ...(server.autoscaler && {
      autoscaler: named(server.autoscaler.metadata).apply((of) => ({ kind: 'hpa' as const, ...of, min, max })),
    }),
  };
  return { target, resources: [server, ...(published ? [published] : [])], urls: { server: url } };
}
