import * as pulumi from '@pulumi/pulumi';
import { serviceUrl, urlInside } from '../exposure/index.ts';
import { Knative, KnativeService, servingNamespace } from '../knative/index.ts';
import type { MakeArgs } from './made.ts';
import type { Platform } from './platform.ts';

/** Knative Serving, whose functions are reached through its ingress. */
export function makeKnative({ config, image, provider }: MakeArgs): Platform {
  const { kubernetes: cluster, knative, classifier, exposure } = config;
  const { name: given, registry, repository } = config.image;
  const pushedTo = registry === undefined ? repository : `${registry.server}/${repository}`;
  const serving = new Knative(
    'knative',
    { cluster, knative, image: given ?? pushedTo, service: exposure.service },
    { providers: [provider] },
  );
  const namespace = serving.functionNamespace;
  const pullSecret = image.pullSecretIn?.(namespace, serving);
  return {
    resources: [serving],
    urls: {},
    deploy: ({ resource, name, scaling }) => {
      const deployed = new KnativeService(
        resource,
        { cluster, namespace, name, image: image.name, pullSecret, classifier, scaling, knative },
        { dependsOn: serving },
      );
      return {
        resource: deployed,
        url: pulumi.interpolate`${serviceUrl(serving.service, config)}/`,
        host: deployed.host,
        serviceUrl: pulumi.interpolate`${urlInside(serving.service)}/`,
        deployment: pulumi.output({ namespace, name: pulumi.interpolate`${deployed.revision}-deployment` }),
        scalable: true,
        autoscaler: pulumi.output({
          kind: 'knative' as const,
          namespace,
          name: deployed.revision,
          min: scaling.minReplicas,
          max: scaling.maxReplicas,
          platform: [...new Set([servingNamespace, knative.ingressService.namespace])],
        }),
      };
    },
  };
}
