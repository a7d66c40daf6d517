import * as pulumi from '@pulumi/pulumi';
import { serviceUrl, urlInside } from '../exposure/index.ts';
import { Hybrid } from '../hybrid/index.ts';
import type { ArchitectureArgs, Made } from './made.ts';

/** Where the base and the router are. It is made, and must not be there yet. */
const namespace = 'faceoff-hybrid';

/** Replicas that autoscaling leaves the function: none where the platform can. */
const leastOn = { openfaas: 1, knative: 0 };

/** Servers that are always on, and a function of its own for what is too much for them. */
export function makeHybrid({ config, image, provider, platform }: ArchitectureArgs): Made[] {
  const { classifier, exposure, hybrid: settings, serverless } = config;
  const { resources, urls, deploy } = platform(settings.platform);
  const scaling = { ...serverless, minReplicas: leastOn[settings.platform] };
  const called = deploy({ resource: 'overflow', name: 'classifier-overflow', scaling, idle: true });
  const hybrid = new Hybrid(
    'hybrid',
    {
      namespace,
      image,
      classifier,
      hybrid: settings,
      exposure,
      function: pulumi.output({ url: called.serviceUrl, ...(called.host && { host: called.host }) }),
    },
    { providers: [provider] },
  );
  const url = pulumi.interpolate`${serviceUrl(hybrid.service, config)}/`;
  const named = ({ metadata }: Hybrid['base']) => pulumi.output({ namespace: metadata.namespace, name: metadata.name });
  const target = {
    name: 'hybrid',
    architecture: 'hybrid' as const,
    url,
    serviceUrl: pulumi.interpolate`${urlInside(hybrid.service)}/`,
    deployment: named(hybrid.base),
    scalable: false,
    minReplicas: settings.base,
    autoscaler: called.autoscaler,
    hybrid: pulumi.all([named(hybrid.router), called.deployment, called.scalable]).apply(([router, of, scalable]) => ({
      router,
      function: { ...of, scalable },
      measured: settings.inFlight === 'measured',
    })),
  };
  return [{ target, resources: [...resources, called.resource, hybrid], urls: { hybrid: url, ...urls } }];
}
