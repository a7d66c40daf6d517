import { editionKeys, editionOf } from './editions.ts';
import { isUsed, type PlatformName } from './platforms.ts';
import type { IsSet, Rule } from './rules.ts';
import { schema, type Values } from './schema.ts';

/** Why a key would be heeded by nobody, and what would change that. */
type Because = (values: Values) => string | undefined | false;

const knativeKeys = Object.keys(schema.knative).map((name) => `knative:${name}`);
const openfaasKeys = [
  ...Object.keys(schema.openfaas).map((name) => `openfaas:${name}`),
  'serverless:scaleFactor',
  'serverless:scaleToZero',
];
const platformKeys = ['serverless:platform', 'hybrid:platform', 'faceoff:architectures'];
const registryKeys = ['image:registryServer', 'image:registryUsername', 'image:registryPassword'];

/** Keys that were set and would change nothing, which is seldom what was meant. */
export const effectRules: readonly Rule[] = [
  ...['image:repository', 'image:delivery', 'image:command', 'image:platform', 'image:base'].map((key) =>
    idle(
      key,
      ['image:name'],
      ({ image }) => image.name !== undefined && 'image:name is set, so that nothing is built; remove one of them',
    ),
  ),
  idle(
    'image:command',
    ['image:delivery', 'image:name'],
    ({ image }) =>
      image.name === undefined &&
      image.delivery !== 'command' &&
      `image:delivery is ${image.delivery}; set that to command, or remove this`,
  ),
  // What a command has pushed, or was there before, is pulled with them.
  ...registryKeys.map((key) =>
    idle(
      key,
      ['image:delivery', 'image:name'],
      ({ image }) =>
        image.name === undefined &&
        image.delivery.startsWith('minikube') &&
        `image:delivery is ${image.delivery}; set that to registry, or remove this`,
    ),
  ),
  idle(
    'image:registryServer',
    ['image:delivery', 'image:name', 'image:registryUsername'],
    ({ image }) =>
      (image.name !== undefined || image.delivery === 'command') &&
      image.registryUsername === undefined &&
      'nothing is pushed there, and nothing is needed to pull; set image:registryUsername and image:registryPassword, or remove this',
  ),
  idle(
    'server:cpuTarget',
    ['server:replicas', 'server:maxReplicas'],
    ({ server }) =>
      (server.maxReplicas ?? 0) <= server.replicas &&
      `no autoscaler is made; set server:maxReplicas to more than server:replicas, ${server.replicas}, or remove this`,
  ),
  ...['openfaas:chartVersion', 'openfaas:chartRepository'].map((key) =>
    idle(
      key,
      ['openfaas:chartPath'],
      ({ openfaas }) => openfaas.chartPath !== undefined && 'openfaas:chartPath names the chart; remove one of them',
    ),
  ),
  idle('openfaas:license', editionKeys, ({ openfaas }) => {
    const edition = editionOf(openfaas);
    return edition !== 'pro' && `openfaas:edition is ${edition}; set that to pro, or remove this`;
  }),
  idle(
    'exposure:host',
    ['exposure:service'],
    ({ exposure }) =>
      exposure.service === 'ClusterIP' && 'exposure:service is ClusterIP; set that to NodePort, or remove this',
  ),
  idle(
    'ngrok:image',
    ['ngrok:authtoken'],
    ({ ngrok }) =>
      ngrok.authtoken === undefined && 'no agent is made without ngrok:authtoken; set that as a secret, or remove this',
  ),
  ...Object.keys(schema.hybrid).map((name) => without(`hybrid:${name}`, 'hybrid')),
  without('ngrok:serverDomain', 'server'),
  without('ngrok:gatewayDomain', 'serverless'),
  idle(
    'knative:version',
    ['knative:manifests'],
    ({ knative }) => knative.manifests !== undefined && 'knative:manifests names the manifests; remove one of them',
  ),
  ...['knative:version', 'knative:manifests', 'knative:domain'].map((key) =>
    idle(
      key,
      ['knative:install'],
      ({ knative }) =>
        !knative.install && 'knative:install is false, so that nothing is installed; set that to true, or remove this',
    ),
  ),
  // The last one told of a key is what counts: with the other platform, no more of it matters.
  ...openfaasKeys.map((key) => idle(key, platformKeys, (values) => notOn('openfaas', values))),
  ...knativeKeys.map((key) => idle(key, platformKeys, (values) => notOn('knative', values))),
];

/** Why a platform's keys have no effect: no function is to run there, or would not if there were any. */
function notOn(platform: PlatformName, values: Values): string | false {
  const { architectures } = values.faceoff;
  const [serverless, hybrid] = [architectures.includes('serverless'), architectures.includes('hybrid')];
  const listed = values.serverless.platform.includes(platform);
  if (isUsed(platform, values) || (!serverless && !hybrid && listed)) return false;
  const remedy = hybrid && !serverless ? `set hybrid:platform to ${platform}` : 'add that to serverless:platform';
  return `no function is on ${platform}; ${remedy}, or remove this`;
}

function without(key: string, architecture: Values['faceoff']['architectures'][number]): Rule {
  return idle(
    key,
    ['faceoff:architectures'],
    ({ faceoff }) =>
      !faceoff.architectures.includes(architecture) &&
      `faceoff:architectures has no ${architecture}; add that, or remove this`,
  );
}

function idle(key: string, others: readonly string[], because: Because): Rule {
  return {
    keys: [key, ...others],
    fault: (values: Values, isSet: IsSet) => {
      const why = isSet(key) && because(values);
      return why && `${key}: it has no effect, since ${why}.`;
    },
  };
}
