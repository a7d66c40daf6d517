import * as pulumi from '@pulumi/pulumi';
import { serviceUrl, urlInside } from '../exposure/index.ts';
import { Knative, KnativeService, servingNamespace } from '../knative/index.ts';
import type { Made, MakeArgs } from './made.ts';

/** The classifier as a Service of Knative, reached through Knative's ingress. */
export function makeKnative({ config, image, provider }: MakeArgs): Made {
  const { kubernetes: cluster, knative, classifier, serverless, exposure } = config;
  const { name, registry, repository } = config.image;
  const pushedTo = registry === undefined ? repository : `${registry.server}/${repository}`;
  const platform = new Knative(
    'knative',
    { cluster, knative, image: name ?? pushedTo, service: exposure.service },
    { providers: [provider] },
  );
  const namespace = platform.functionNamespace;
  const pullSecret = image.pullSecretIn?.(namespace, platform);
  const deployed = new KnativeService(
    'function',
    { cluster, namespace, image: image.name, pullSecret, classifier, serverless, knative },
    { dependsOn: platform },
  );
  const url = pulumi.interpolate`${serviceUrl(platform.service, config)}/`;
  const { minReplicas, maxReplicas } = serverless;
  const target = {
    name: 'serverless',
    architecture: 'serverless' as const,
    url,
    host: deployed.host,
    serviceUrl: pulumi.interpolate`${urlInside(platform.service)}/`,
    deployment: pulumi.output({ namespace, name: pulumi.interpolate`${deployed.revision}-deployment` }),
    scalable: true,
    minReplicas,
    autoscaler: pulumi.output({
      kind: 'knative' as const,
      namespace,
      name: deployed.revision,
      min: minReplicas,
      max: maxReplicas,
      platform: [...new Set([servingNamespace, knative.ingressService.namespace])],
    }),
  };
  return { target, resources: [platform, deployed], urls: { serverless: url } };
}
