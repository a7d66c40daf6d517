import { describe, expect, test } from 'vitest';
import { checkConfig } from './check.ts';
import { configKeys } from './schema.ts';

const least = { 'faceoff:architectures': '["server","serverless"]' };
const check = (config: Record<string, string>) => () => checkConfig({ ...least, ...config });
const community = {
  'openfaas:chartVersion': '15.0.6',
  'image:delivery': 'registry',
  'image:registryServer': 'ghcr.io',
};
const agent = { 'ngrok:authtoken': 'secret' };
/** Pulumi.yaml hands over every fallback. */
const asProject = Object.fromEntries(
  [...configKeys].flatMap(([key, { fallback }]) => (fallback === undefined ? [] : [[key, fallback]])),
);

describe('what does not go together is refused', () => {
  test.each<[string, Record<string, string>, string]>([
    ['delivery by a command without one', { 'image:delivery': 'command' }, 'image:command: it must be set'],
    ['a push to nowhere', { 'image:delivery': 'registry' }, 'image:registryServer: it must be set'],
    [
      'a user without a password',
      { 'image:delivery': 'registry', 'image:registryServer': 'ghcr.io', 'image:registryUsername': 'me' },
      'image:registryPassword: a name and a password must be set together',
    ],
    [
      'a password without a user',
      { 'image:delivery': 'registry', 'image:registryServer': 'ghcr.io', 'image:registryPassword': 'x' },
      'image:registryUsername: a name and a password must be set together',
    ],
    [
      'credentials for nowhere',
      {
        'image:delivery': 'command',
        'image:command': 'true',
        'image:registryUsername': 'me',
        'image:registryPassword': 'x',
      },
      'image:registryServer: it must be set',
    ],
    [
      'fewer servers at most than at least',
      { 'server:replicas': '3', 'server:maxReplicas': '2' },
      'server:maxReplicas = 2',
    ],
    ['fewer functions at most than at least', { 'serverless:minReplicas': '6' }, 'serverless:maxReplicas = 5'],
    [
      'no function at least with OpenFaaS',
      { 'serverless:minReplicas': '0' },
      'serverless:minReplicas = 0: it must be at least 1 with OpenFaaS',
    ],
    [
      'ngrok in front of Knative',
      { ...agent, 'serverless:platform': 'knative' },
      'ngrok:authtoken: it must not be set when serverless:platform has knative',
    ],
    [
      'ngrok in front of a hybrid',
      { ...agent, 'faceoff:architectures': '["hybrid"]' },
      'ngrok:authtoken: it must not be set when faceoff:architectures has hybrid',
    ],
    [
      "CE's limits on the function of a hybrid",
      { ...community, 'faceoff:architectures': '["hybrid"]', 'serverless:maxReplicas': '6' },
      'serverless:maxReplicas = 6: it must be at most 5',
    ],
    ['a domain without a token', { 'ngrok:gatewayDomain': 'a.example' }, 'ngrok:authtoken: it must be set'],
    [
      'one domain for both',
      { ...agent, 'ngrok:gatewayDomain': 'a.example', 'ngrok:serverDomain': 'a.example' },
      'ngrok:gatewayDomain = a.example: it must differ',
    ],
    ['replicas with a URL each', { ...agent, 'server:maxReplicas': '2' }, 'ngrok:serverDomain: it must be set'],
    ['Pro without a licence', { 'openfaas:edition': 'pro' }, 'openfaas:license: it must be set'],
    ['scaling to zero without Pro', { 'serverless:scaleToZero': '5' }, 'serverless:scaleToZero = 5: only OpenFaaS Pro'],
    [
      'many replicas on CE',
      { ...community, 'serverless:maxReplicas': '6' },
      'serverless:maxReplicas = 6: it must be at most 5',
    ],
    ['a local image on CE', { 'openfaas:chartVersion': '15.0.6' }, 'image:delivery = minikube: OpenFaaS'],
    [
      'a measured limit of several servers',
      { 'faceoff:architectures': '["hybrid"]', 'hybrid:base': '2' },
      'hybrid:inFlight = measured: it must be a number with hybrid:base = 2',
    ],
    [
      'the namespace of another part',
      { 'faceoff:namespace': 'faceoff-hybrid' },
      'faceoff:namespace = faceoff-hybrid: other parts of a stack are made in that one',
    ],
    [
      'no function at least, with OpenFaaS among the platforms',
      { 'serverless:platform': '["knative", "openfaas"]', 'serverless:minReplicas': '0' },
      'serverless:minReplicas = 0: it must be at least 1 with OpenFaaS',
    ],
  ])('%s', (_, config, told) => {
    expect(check(config)).toThrow(told);
  });
});

describe('what goes together is taken', () => {
  test.each<[string, Record<string, string>]>([
    ['a command', { 'image:delivery': 'command', 'image:command': 'true' }],
    ['an image that is there', { 'image:name': 'a/b:1' }],
    [
      'a password to pull an image that is there',
      {
        'image:name': 'a/b:1',
        'image:registryServer': 'ghcr.io',
        'image:registryUsername': 'me',
        'image:registryPassword': 'x',
      },
    ],
    ['an autoscaler with its aim', { 'server:maxReplicas': '2', 'server:cpuTarget': '50' }],
    ['what Pulumi.yaml sets', asProject],
    ['what Pulumi.yaml sets, beside an image that is there', { ...asProject, 'image:name': 'a/b:1' }],
    ['what Pulumi.yaml sets, beside an own chart', { ...asProject, 'openfaas:chartPath': 'test/cluster/chart' }],
    ['what Pulumi.yaml sets, with Knative', { ...asProject, 'serverless:platform': 'knative' }],
    [
      'both platforms of functions',
      { ...asProject, 'serverless:platform': '["openfaas", "knative"]', 'knative:target': '9' },
    ],
    ['no function at least with Knative', { 'serverless:platform': 'knative', 'serverless:minReplicas': '0' }],
    [
      "more replicas than OpenFaaS's Community Edition makes, with Knative",
      { 'serverless:platform': 'knative', 'serverless:maxReplicas': '6' },
    ],
    [
      'a hybrid on the other platform than serverless',
      { 'faceoff:architectures': '["serverless","hybrid"]', 'hybrid:platform': 'knative', 'knative:target': '9' },
    ],
    [
      "CE's limits beside a hybrid on Knative",
      { 'faceoff:architectures': '["hybrid"]', 'hybrid:platform': 'knative', 'serverless:maxReplicas': '6' },
    ],
    [
      'no function at least where only a hybrid has one',
      { 'faceoff:architectures': '["hybrid"]', 'hybrid:platform': 'knative', 'serverless:minReplicas': '0' },
    ],
    ['ngrok without a function', { ...agent, 'serverless:platform': 'knative', 'faceoff:architectures': '["server"]' }],
    ['a registry that needs no password', { 'image:delivery': 'registry', 'image:registryServer': 'localhost:5000' }],
    ['a pushed image on CE', community],
    ['an image that is there, on CE', { 'openfaas:chartVersion': '15.0.6', 'image:name': 'ghcr.io/a/b:1' }],
    ['many replicas on the MIT edition', { 'serverless:maxReplicas': '20' }],
    ['Pro with a licence', { 'openfaas:edition': 'pro', 'openfaas:license': 'x', 'serverless:scaleToZero': '5' }],
    ["CE's limits without OpenFaaS", { 'faceoff:architectures': '["server"]', 'openfaas:chartVersion': '15.0.6' }],
    ['replicas behind one domain', { ...agent, 'server:maxReplicas': '2', 'ngrok:serverDomain': 'a.example' }],
  ])('%s', (_, config) => {
    expect(check(config)).not.toThrow();
  });
});
