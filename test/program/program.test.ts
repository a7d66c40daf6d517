import { describe, expect, test } from 'vitest';
import { type MadeStack, makeStack, stackFile } from './made-stack.ts';

const there = { 'exposure:host': '127.0.0.1', 'image:name': 'faceoff/classifier:1' };

const types = ({ engine }: MadeStack) =>
  engine.resources
    .map(({ type, name }) => `${type} ${name}`)
    .filter((text) => !text.startsWith('pulumi:'))
    .sort();
const of = ({ engine }: MadeStack, type: string, name: string) => engine.inputs(type, name);

describe.each(['dev', 'server', 'serverless', 'knative', 'hybrid', 'all'])('the stack %s', (stack) => {
  test('makes what its architectures need', async () => {
    const made = types(await makeStack(stack, { ...stackFile(stack), ...there }));
    expect(made).toMatchSnapshot();
  });

  test('carries the common labels on every object', async () => {
    const { engine } = await makeStack(stack, { ...stackFile(stack), ...there });
    const objects = engine.resources.filter(({ type }) => type.startsWith('kubernetes:') && !type.includes('helm'));
    for (const { inputs } of objects) {
      const { labels } = inputs['metadata'] as { labels: object };
      expect(labels).toMatchObject({
        'app.kubernetes.io/part-of': 'faceoff',
        'app.kubernetes.io/instance': stack,
        'app.kubernetes.io/managed-by': 'pulumi',
      });
    }
  });
});

test('both architectures run the same image with the same resources and environment', async () => {
  const config = { ...stackFile('dev'), ...there, 'classifier:cpu': '300m', 'classifier:env': { BACKEND: 'onnx' } };
  const made = await makeStack('dev', config);
  const [container] = of(made, 'Deployment', 'server').spec.template.spec.containers;
  const { function: deployed } = of(made, 'OpenFaasFunction', 'function');
  expect(container.image).toBe(deployed.image);
  expect(container.resources).toEqual({ requests: deployed.requests, limits: deployed.limits });
  expect(deployed.limits).toEqual({ cpu: '300m', memory: '512Mi' });
  expect(Object.fromEntries(container.env.map(({ name, value }: Record<string, string>) => [name, value]))).toEqual(
    deployed.envVars,
  );
});

test('targets tell the benchmark where to send, and whose replicas count', async () => {
  const { outputs } = await makeStack('dev', { ...stackFile('dev'), ...there });
  expect(outputs['targets']).toEqual([
    expect.objectContaining({ url: 'http://127.0.0.1:30000/', deployment: { namespace: 'faceoff', name: 'server' } }),
    expect.objectContaining({
      url: 'http://127.0.0.1:30000/function/classifier',
      deployment: { namespace: 'openfaas-fn', name: 'classifier' },
      scalable: true,
    }),
  ]);
});

test('on Knative requests carry the name of the function, and the replicas of its revision count', async () => {
  const { outputs } = await makeStack('knative', { ...stackFile('knative'), ...there, 'serverless:minReplicas': 0 });
  expect(outputs['targets']).toEqual([
    {
      name: 'serverless',
      architecture: 'serverless',
      url: 'http://127.0.0.1:30000/',
      host: 'classifier.faceoff-knative.example.com',
      serviceUrl: 'http://knative-ingress-outside.kourier-system.svc:80/',
      deployment: { namespace: 'faceoff-knative', name: 'classifier-00001-deployment' },
      scalable: true,
      minReplicas: 0,
      autoscaler: {
        kind: 'knative',
        namespace: 'faceoff-knative',
        name: 'classifier-00001',
        min: 0,
        max: 5,
        platform: ['knative-serving', 'kourier-system'],
      },
    },
  ]);
});

test('with two platforms each has a function, and a target by its name', async () => {
  const config = { 'serverless:platform': ['openfaas', 'knative'] };
  const made = await makeStack('dev', { ...stackFile('dev'), ...there, ...config });
  expect(of(made, 'OpenFaasFunction', 'function').function.service).toBe('classifier');
  expect(of(made, 'KnativeService', 'function').service.name).toBe('classifier');
  const targets = made.outputs['targets'] as { name: string; architecture: string }[];
  expect(targets.map(({ name, architecture }) => [name, architecture])).toEqual([
    ['server', 'server'],
    ['openfaas', 'serverless'],
    ['knative', 'serverless'],
  ]);
  expect(Object.keys(made.outputs['urls'] as object)).toEqual(['server', 'openfaas', 'gateway', 'knative']);
});

test('on Knative a replica is the one of the server: image, resources, environment', async () => {
  const config = { ...stackFile('dev'), ...there, 'serverless:platform': 'knative', 'classifier:cpu': '300m' };
  const made = await makeStack('dev', { ...config, 'classifier:env': { BACKEND: 'onnx' } });
  const [server] = of(made, 'Deployment', 'server').spec.template.spec.containers;
  const [replica] = of(made, 'KnativeService', 'function').service.template.spec.containers;
  for (const key of ['image', 'resources', 'env']) expect(replica[key], key).toEqual(server[key]);
});

test('Knative is told what the configuration says of scaling', async () => {
  const config = {
    'serverless:maxReplicas': 7,
    'knative:metric': 'concurrency',
    'knative:target': 3,
    'knative:window': 6,
    'knative:containerConcurrency': 4,
  };
  const made = await makeStack('knative', { ...stackFile('knative'), ...there, ...config });
  const { annotations, spec } = of(made, 'KnativeService', 'function').service.template;
  expect(annotations).toMatchObject({
    'autoscaling.knative.dev/min-scale': '1',
    'autoscaling.knative.dev/max-scale': '7',
    'autoscaling.knative.dev/metric': 'concurrency',
    'autoscaling.knative.dev/target': '3',
    'autoscaling.knative.dev/window': '6s',
  });
  expect(spec.containerConcurrency).toBe(4);
});

test('a hybrid is one target: its base, its router, and a function of its own beside that of serverless', async () => {
  const config = {
    'faceoff:architectures': ['server', 'serverless', 'hybrid'],
    'hybrid:base': 2,
    'hybrid:inFlight': 6,
  };
  const made = await makeStack('dev', { ...stackFile('dev'), ...there, ...config });
  expect(of(made, 'OpenFaasFunction', 'function').function.service).toBe('classifier');
  expect((made.outputs['targets'] as object[])[2]).toEqual({
    name: 'hybrid',
    architecture: 'hybrid',
    url: 'http://127.0.0.1:30000/',
    serviceUrl: 'http://router.faceoff-hybrid.svc:8080/',
    deployment: { namespace: 'faceoff-hybrid', name: 'base' },
    scalable: false,
    minReplicas: 2,
    autoscaler: { kind: 'alertmanager', namespace: 'openfaas', name: 'alertmanager' },
    hybrid: {
      router: { namespace: 'faceoff-hybrid', name: 'router' },
      function: { namespace: 'openfaas-fn', name: 'classifier-overflow', scalable: true },
      measured: false,
    },
  });
  expect(made.engine.all(':Release')).toHaveLength(1);
});

test('the function of a hybrid has no replica while nobody asks, as its platform can have it', async () => {
  const onOpenFaas = await makeStack('hybrid', { ...stackFile('hybrid'), ...there });
  expect(of(onOpenFaas, 'OpenFaasFunction', 'overflow').idle).toBe(true);
  const onKnative = await makeStack('hybrid', { ...stackFile('hybrid'), ...there, 'hybrid:platform': 'knative' });
  const { annotations } = of(onKnative, 'KnativeService', 'overflow').service.template;
  expect(annotations['autoscaling.knative.dev/min-scale']).toBe('0');
});

test('on Knative a hybrid sends what overflows to the ingress, by the name of the function', async () => {
  const made = await makeStack('hybrid', { ...stackFile('hybrid'), ...there, 'serverless:platform': 'knative' });
  const text = of(made, 'ConfigMap', 'router').data['haproxy.cfg'];
  expect(text).toContain('server way knative-ingress-outside.kourier-system.svc.cluster.local:80 ');
  expect(text).toContain('http-request set-header host classifier.faceoff-knative.example.com');
});

test('a server of the base and a replica of its function are alike: image, resources, environment', async () => {
  const made = await makeStack('hybrid', { ...stackFile('hybrid'), ...there, 'classifier:env': { BACKEND: 'onnx' } });
  const [base] = of(made, 'Deployment', 'base').spec.template.spec.containers;
  const { function: deployed } = of(made, 'OpenFaasFunction', 'overflow');
  expect(base.image).toBe(deployed.image);
  expect(base.resources).toEqual({ requests: deployed.requests, limits: deployed.limits });
  expect(Object.fromEntries(base.env.map(({ name, value }: Record<string, string>) => [name, value]))).toEqual(
    deployed.envVars,
  );
});

test('a Knative Serving that is there is not installed', async () => {
  const config = { 'knative:install': false, 'knative:ingressService': 'traefik/web' };
  const made = await makeStack('knative', { ...stackFile('knative'), ...there, ...config });
  expect(of(made, 'KnativeServing', 'knative-serving')).toMatchObject({
    ingress: { namespace: 'traefik', name: 'web' },
  });
  expect(of(made, 'KnativeServing', 'knative-serving')).not.toHaveProperty('install');
});

test('with the Community Edition no cold start is tried, since zero is set back to one there', async () => {
  const { outputs } = await makeStack('serverless', {
    ...stackFile('serverless'),
    ...there,
    'openfaas:edition': 'ce',
  });
  expect(outputs['targets']).toEqual([expect.objectContaining({ scalable: false })]);
});

test('with ClusterIP the URLs have the address of the Service', async () => {
  const config = { ...stackFile('server'), 'image:name': 'faceoff/classifier:1', 'exposure:service': 'ClusterIP' };
  const { outputs } = await makeStack('server', config);
  expect(outputs['urls']).toEqual({ server: 'http://127.0.0.2:8080/' });
});

test('no benchmark is made when it is turned off', async () => {
  const made = await makeStack('dev', { ...stackFile('dev'), ...there, 'benchmark:enabled': false });
  expect(made.engine.all('/faceoff:Benchmark')).toEqual([]);
  expect(made.outputs).not.toHaveProperty('report');
});

test('what is measured, and from where, is an output also when nothing is measured now', async () => {
  const config = { 'benchmark:enabled': false, 'benchmark:profile': 'paper', 'benchmark:from': 'job' };
  const { outputs } = await makeStack('dev', { ...stackFile('dev'), ...there, ...config });
  expect(outputs['benchmark']).toEqual({
    profile: 'paper',
    scenarios: [],
    objective: 'p95 < 200ms, errors < 1%',
    seed: 1,
    results: 'results',
    autoscaling: { rate: 10, seconds: 150, quietSeconds: 30 },
    job: {
      stack: 'dev',
      namespace: 'faceoff-benchmark',
      serviceAccount: 'faceoff-benchmark',
      image: 'faceoff/classifier:1',
    },
  });
});

test('an image is built, tagged by its content and delivered when none is named', async () => {
  const made = await makeStack('server', { ...stackFile('server'), 'exposure:host': '127.0.0.1' });
  const built = made.engine.resources.find(({ type }) => type.startsWith('docker:'))?.inputs;
  expect(built).toMatchObject({ skipPush: true, build: { dockerfile: 'app/Dockerfile' } });
  expect(built?.['imageName']).toMatch(/^faceoff\/classifier:[0-9a-f]{16}$/);
  expect(of(made, 'ImageDelivery', 'classifier')).toMatchObject({ way: { by: 'minikube', profile: 'minikube' } });
});

test('a registry gets the image, and both namespaces the Secret to pull it', async () => {
  const config = {
    ...stackFile('dev'),
    'exposure:host': '127.0.0.1',
    'image:delivery': 'registry',
    'image:registryServer': '127.0.0.1:5000',
    'image:registryUsername': 'me',
    'image:registryPassword': 'hidden-text',
  };
  const made = await makeStack('dev', config, ['image:registryPassword']);
  const pullSecrets = made.engine.resources.filter(({ inputs }) => inputs['type'] === 'kubernetes.io/dockerconfigjson');
  expect(pullSecrets.map(({ inputs }) => (inputs['metadata'] as { namespace: string }).namespace).sort()).toEqual([
    'faceoff',
    'openfaas-fn',
  ]);
  expect(of(made, 'OpenFaasFunction', 'function').function.secrets).toEqual(['registry']);
});

test('with an ngrok token there are agents, public URLs, and no NodePort', async () => {
  const config = { ...stackFile('dev'), ...there, 'ngrok:authtoken': 'hidden-text' };
  const made = await makeStack('dev', config, ['ngrok:authtoken']);
  const containers = of(made, 'Deployment', 'server').spec.template.spec.containers as { name: string }[];
  expect(containers.map(({ name }) => name)).toEqual(['classifier', 'ngrok']);
  expect(made.outputs['urls']).toEqual({
    server: 'https://a.ngrok.app/',
    gateway: 'https://a.ngrok.app',
    serverless: 'https://a.ngrok.app/function/classifier',
  });
  const services = made.engine.resources.filter(({ type }) => type.endsWith(':Service'));
  expect(services.map(({ inputs }) => (inputs['spec'] as { type: string }).type)).toEqual(['ClusterIP', 'ClusterIP']);
  expect(JSON.stringify(made.outputs)).not.toContain('hidden-text');
});

test('more most than fewest replicas make an autoscaler, which then has their number in its hands', async () => {
  const config = { ...stackFile('server'), ...there, 'server:maxReplicas': 3 };
  const made = await makeStack('server', config);
  expect(of(made, 'HorizontalPodAutoscaler', 'server').spec).toMatchObject({ minReplicas: 1, maxReplicas: 3 });
  expect(of(made, 'Deployment', 'server').spec).not.toHaveProperty('replicas');
});

test('values of the chart are merged over those of the program', async () => {
  const config = { ...stackFile('serverless'), ...there, 'openfaas:values': { gateway: { replicas: 2 } } };
  const { values } = of(await makeStack('serverless', config), 'Release', 'openfaas');
  expect(values).toMatchObject({ gateway: { replicas: 2, scaleFromZero: true }, generateBasicAuth: false });
});
