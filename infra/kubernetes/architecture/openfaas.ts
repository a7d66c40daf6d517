import * as pulumi from '@pulumi/pulumi';
import { serviceUrl, urlInside } from '../exposure/index.ts';
import { ClassifierFunction, functionName } from '../function/index.ts';
import { GatewayAgent, PublicUrl } from '../ngrok/index.ts';
import { gateway, OpenFaas } from '../openfaas/index.ts';
import type { Made, MakeArgs } from './made.ts';

/** The classifier as a function of OpenFaaS, which has the cluster to itself. */
export function makeOpenFaas({ config, image, provider }: MakeArgs): Made {
  const { openfaas: chart, exposure, ngrok, kubernetes: cluster, classifier, serverless } = config;
  const service = ngrok === undefined ? exposure.service : 'ClusterIP';
  const openfaas = new OpenFaas('openfaas', { openfaas: chart, service }, { providers: [provider] });
  const namespace = openfaas.functionNamespace;
  const deployed = new ClassifierFunction(
    'function',
    {
      cluster,
      gateway,
      password: openfaas.password,
      namespace,
      image: image.name,
      pullSecret: image.pullSecretIn?.(namespace, openfaas),
      classifier,
      serverless,
    },
    { dependsOn: openfaas },
  );
  const published = ngrok && publish(config, openfaas, provider);
  const gatewayUrl = published?.url ?? serviceUrl(openfaas.service, config);
  const url = pulumi.interpolate`${gatewayUrl}/function/${functionName}`;
  const target = {
    name: 'serverless',
    architecture: 'serverless' as const,
    url,
    serviceUrl: pulumi.interpolate`${urlInside(openfaas.service)}/function/${functionName}`,
    deployment: pulumi.output({ namespace, name: functionName }),
    // The Community Edition sets zero back to one, so that it has no cold start to measure.
    scalable: chart.edition !== 'ce',
    minReplicas: serverless.minReplicas,
    autoscaler: { kind: 'alertmanager' as const, namespace: gateway.namespace, name: 'alertmanager' },
  };
  const resources = [openfaas, deployed, ...(published ? [published] : [])];
  return { target, resources, urls: { serverless: url, gateway: gatewayUrl } };
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
