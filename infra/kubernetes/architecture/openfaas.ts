import * as pulumi from '@pulumi/pulumi';
import { serviceUrl, urlInside } from '../exposure/index.ts';
import { ClassifierFunction } from '../function/index.ts';
import { GatewayAgent, PublicUrl } from '../ngrok/index.ts';
import { gateway, OpenFaas } from '../openfaas/index.ts';
import type { MakeArgs } from './made.ts';
import type { Platform } from './platform.ts';

/** OpenFaaS, which has the cluster to itself. */
export function makeOpenFaas({ config, image, provider }: MakeArgs): Platform {
  const { openfaas: chart, exposure, ngrok, kubernetes: cluster, classifier } = config;
  const service = ngrok === undefined ? exposure.service : 'ClusterIP';
  const openfaas = new OpenFaas('openfaas', { openfaas: chart, service }, { providers: [provider] });
  const namespace = openfaas.functionNamespace;
  const published = ngrok && publish(config, openfaas, provider);
  const gatewayUrl = published?.url ?? serviceUrl(openfaas.service, config);
  const pullSecret = image.pullSecretIn?.(namespace, openfaas);
  // The Community Edition sets zero back to one, so that it has no cold start to measure.
  const scalable = chart.edition !== 'ce';
  return {
    resources: [openfaas, ...(published ? [published] : [])],
    urls: { gateway: gatewayUrl },
    deploy: ({ resource, name, scaling, idle = false }) => ({
      resource: new ClassifierFunction(
        resource,
        {
          cluster,
          gateway,
          password: openfaas.password,
          namespace,
          name,
          image: image.name,
          pullSecret,
          classifier,
          scaling,
          idle: idle && scalable,
        },
        { dependsOn: openfaas },
      ),
      url: pulumi.interpolate`${gatewayUrl}/function/${name}`,
      serviceUrl: pulumi.interpolate`${urlInside(openfaas.service)}/function/${name}`,
      deployment: pulumi.output({ namespace, name }),
      scalable,
      autoscaler: { kind: 'alertmanager', namespace: gateway.namespace, name: 'alertmanager' },
    }),
  };
}

function publish(
  { ngrok, kubernetes: cluster }: MakeArgs['config'],
  openfaas: OpenFaas,
  provider: MakeArgs['provider'],
) {
  if (ngrok === undefined) return undefined;
  const { deployment } = new GatewayAgent(
    'gateway-ngrok',
    {
      ...ngrok,
      namespace: openfaas.service.metadata.namespace,
      domain: ngrok.gatewayDomain,
      upstream: urlInside(openfaas.service),
      upstreamPort: gateway.port,
    },
    { providers: [provider], dependsOn: openfaas },
  );
  return new PublicUrl('gateway-public-url', { cluster, deployment }, { dependsOn: openfaas });
}
