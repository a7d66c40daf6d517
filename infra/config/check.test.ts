import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkConfig } from './check.ts';
import { ConfigFault } from './fault.ts';
import { configKeys } from './schema.ts';

const least = { 'faceoff:architectures': '["server","serverless"]' };

function faults(config: Record<string, string>, secrets: string[] = []): readonly string[] {
  try {
    checkConfig({ ...least, ...config }, (key) => secrets.includes(key));
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
  return [];
}

test('one key is enough, and every other has its documented fallback', () => {
  const { faceoff, image, classifier, server, serverless, hybrid, openfaas, knative, exposure, benchmark } =
    checkConfig(least);
  expect(faceoff).toEqual({ architectures: ['server', 'serverless'], namespace: 'faceoff' });
  expect(image).toEqual({ repository: 'faceoff/classifier', delivery: 'minikube' });
  expect(classifier).toEqual({ cpu: '500m', memory: '512Mi', env: {} });
  expect(server).toEqual({ replicas: 1, cpuTarget: 70 });
  expect(serverless).toEqual({ platform: ['openfaas'], minReplicas: 1, maxReplicas: 5, scaleFactor: 20 });
  expect(hybrid).toEqual({
    base: 1,
    inFlight: 'measured',
    routerImage: 'haproxy:3.0.25',
    clusterDomain: 'cluster.local',
  });
  expect(openfaas).toEqual({
    chartVersion: '12.0.0',
    chartRepository: 'https://openfaas.github.io/faas-netes/',
    values: {},
    imagePullPolicy: 'IfNotPresent',
  });
  expect(knative).toEqual({
    install: true,
    version: '1.19.0',
    ingressClass: 'kourier.ingress.networking.knative.dev',
    ingressService: 'kourier-system/kourier',
    domain: 'example.com',
    containerConcurrency: 0,
    metric: 'rps',
    target: 5,
    window: 60,
  });
  expect(exposure).toEqual({ service: 'NodePort' });
  expect(benchmark).toEqual({
    enabled: true,
    profile: 'quick',
    scenarios: [],
    objective: 'p95 < 200ms, errors < 1%',
    seed: 1,
    results: 'results',
    token: '',
    from: 'host',
    rate: 10,
    loadSeconds: 150,
    quietSeconds: 30,
  });
});

test('a missing architecture list says what to set', () => {
  expect(() => checkConfig({})).toThrow('faceoff:architectures: it must be set. The architectures to make');
});

test.each([
  ['faceoff:architectures', '["server","both"]', 'a list of some of server, serverless, hybrid, each once'],
  ['faceoff:architectures', '["server","server"]', 'a list of some of server, serverless, hybrid, each once'],
  ['faceoff:architectures', '[]', 'a list of some of server, serverless, hybrid, each once'],
  ['faceoff:architectures', 'server', 'a list of some of server, serverless, hybrid, each once'],
  ['faceoff:namespace', 'Face_Off', 'at most 63 small letters, digits and dashes'],
  ['image:name', 'faceoff/classifier', 'the name of an image with a tag or a digest'],
  ['image:repository', 'faceoff/classifier:1', 'the name of an image without tag or digest'],
  ['image:delivery', 'minikub', 'one of minikube, minikube-docker, registry, command'],
  ['image:registryServer', 'https://ghcr.io', 'the host of a registry, without scheme'],
  ['image:platform', 'amd64', 'an operating system and a processor'],
  ['image:base', 'node', 'the name of an image with a tag or a digest'],
  ['classifier:cpu', '0', 'an amount of CPU above 0'],
  ['classifier:cpu', '0.0', 'an amount of CPU above 0'],
  ['classifier:cpu', '000m', 'an amount of CPU above 0'],
  ['classifier:cpu', '500Mi', 'an amount of CPU above 0'],
  ['classifier:memory', '512', 'an amount of memory with its unit'],
  ['classifier:env', '{"A B":"1"}', 'an object of variable names and texts'],
  ['classifier:env', '["A"]', 'an object of variable names and texts'],
  ['classifier:env', '{"A":{"B":1}}', 'an object of variable names and texts'],
  ['classifier:env', '{"OFFLINE":"0"}', 'without OFFLINE: it is always 1'],
  ['server:replicas', '0', 'a whole number from 1 to 1000'],
  ['server:replicas', '1.5', 'a whole number from 1 to 1000'],
  ['server:cpuTarget', '101', 'a whole number from 1 to 100'],
  ['openfaas:chartVersion', 'latest', 'a version of the chart, such as 12.0.0'],
  ['openfaas:values', '[1]', 'an object of chart values'],
  ['openfaas:imagePullPolicy', 'always', 'one of Always, IfNotPresent, Never'],
  ['exposure:host', 'http://node', 'a host name or an IPv4 address'],
  ['serverless:platform', '["knative", "knative"]', 'a list of some of openfaas, knative, each once'],
  ['benchmark:objective', 'fast', 'an objective such as p95 < 200ms, errors < 1%'],
  ['benchmark:objective', 'p0 < 200ms', 'an objective such as p95 < 200ms, errors < 1%'],
  ['benchmark:objective', 'p95 < 200ms, errors < 0.0%', 'an objective such as p95 < 200ms, errors < 1%'],
  ['serverless:platform', '[]', 'a list of some of openfaas, knative, each once'],
  ['serverless:platform', 'lambda', 'one of openfaas, knative, or a list of them, each once'],
  ['hybrid:inFlight', '0', 'measured, or a whole number from 1 to 100000'],
  ['hybrid:inFlight', 'many', 'measured, or a whole number from 1 to 100000'],
  ['knative:version', 'latest', 'a release of Knative Serving, such as 1.19.0'],
  ['knative:manifests', 'a.yaml', 'a list of files that can be read and of URLs'],
  ['knative:manifests', '["none.yaml"]', 'a list of files that can be read and of URLs'],
  ['knative:ingressService', 'kourier', 'a namespace and a name, such as kourier-system/kourier'],
  ['knative:window', '5', 'a whole number from 6 to 3600'],
  ['benchmark:enabled', 'yes', 'one of true, false'],
  [
    'benchmark:scenarios',
    '["speed"]',
    'a list of any of latency, throughput, capacity, cold-start, autoscaling, burst, base-burst, each once',
  ],
  ['benchmark:from', 'pod', 'one of host, job'],
])('%s = %s is refused by name, with what is allowed', (key, value, allowed) => {
  const told = faults({ [key]: value });
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(`${key} = ${value}: it must be ${allowed}`);
});

test.each([
  [{ 'server:replica': '2' }, 'server:replica: there is no such key. Did you mean server:replicas?'],
  [{ 'serverles:maxReplicas': '2' }, 'Did you mean serverless:maxReplicas?'],
  [{ 'server:colour': 'red' }, 'There are server:replicas, server:maxReplicas, server:cpuTarget.'],
  [{ 'aws:region': 'x' }, 'There are faceoff:…, kubernetes:…'],
])('%o is refused as unknown, with what is near', (config, told) => {
  expect(faults(config)).toEqual([expect.stringContaining(told)]);
});

test.each(['pulumi:tags', 'docker:host', 'pulumi-nodejs:x'])('%s is left to whom it belongs', (key) => {
  expect(faults({ [key]: 'anything' })).toEqual([]);
});

test('all faults are told at once', () => {
  const told = faults({
    'server:replicas': 'two',
    'image:delivery': 'mail',
    'benchmark:loadSecond': '1',
    'serverless:minReplicas': '6',
  });
  expect(told).toHaveLength(4);
});

test('a rule between keys is left out while one of them is wrong by itself', () => {
  expect(faults({ 'server:replicas': '5', 'server:maxReplicas': 'x' })).toHaveLength(1);
});

test('a secret is not told', () => {
  const told = faults({ 'ngrok:authtoken': '' }).join();
  expect(told).toContain('ngrok:authtoken: it must be a text that is not empty');
});

test.each([...configKeys].filter(([, { secret, mayBeSecret }]) => !secret && !mayBeSecret).map(([key]) => key))(
  '%s is refused as a secret, and what it was set to is not told',
  (key) => {
    const told = faults({ [key]: 'HIDDEN' }, [key]);
    expect(told.filter((fault) => fault.startsWith(`${key}: it was set as a secret`))).toHaveLength(1);
    expect(told.join()).not.toContain('HIDDEN');
  },
);

test.each([
  ['kubernetes:kubeconfig', '~/.kube/config'],
  ['openfaas:values', '{"gateway":{"replicas":2}}'],
])('%s may be a secret', (key, value) => {
  expect(faults({ [key]: value }, [key])).toEqual([]);
});

test('numbers and booleans of YAML become the texts that variables hold', () => {
  const { classifier } = checkConfig({ ...least, 'classifier:env': '{"THREADS":1,"VERBOSE":true,"NAME":"x"}' });
  expect(classifier.env).toEqual({ THREADS: '1', VERBOSE: 'true', NAME: 'x' });
});

test('whatever is set, what comes back is valid or every fault begins with a key that was set or is required', () => {
  const config = fc.dictionary(
    fc.constantFrom(...configKeys.keys()),
    fc.oneof(fc.string(), fc.json(), fc.nat().map(String)),
  );
  fc.assert(
    fc.property(config, (given) => {
      let told: readonly string[] = [];
      try {
        const values = checkConfig(given);
        expect(values.serverless.minReplicas).toBeLessThanOrEqual(values.serverless.maxReplicas);
      } catch (error) {
        if (!(error instanceof ConfigFault)) throw error;
        told = error.faults;
      }
      for (const fault of told) expect(configKeys.has(/^[a-z]+:[A-Za-z]+/.exec(fault)?.[0] ?? '')).toBe(true);
    }),
  );
});

test('no fault repeats what was set as a secret, whatever it is and whatever else is wrong', () => {
  // Some are right by themselves, and some wrong.
  const value = fc.stringMatching(/^([A-Z]{12,20}|7[0-9]{8}|[a-z]{12,20}(:[0-9]{12})?|\{"[a-z]{12}":1\})$/);
  fc.assert(
    fc.property(fc.constantFrom(...configKeys.keys()), value, (key, hidden) => {
      const others = {
        'server:replicas': 'x',
        'openfaas:edition': 'mit',
        'serverless:scaleToZero': '5',
        'image:registryUsername': 'me',
        'ngrok:gatewayDomain': 'a.example',
      };
      const told = faults({ ...others, [key]: hidden }, [key]);
      expect(told.length).toBeGreaterThan(0);
      expect(told.join()).not.toContain(hidden);
    }),
  );
});
