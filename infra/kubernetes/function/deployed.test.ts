import type { V1Container, V1Deployment } from '@kubernetes/client-node';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deployedSpec } from './deployed.ts';
import type { FunctionSpec } from './spec.ts';
import { spec as wanted } from './test-fixture/spec.ts';

/** The Deployment that OpenFaaS makes of a function (openfaas/faas-netes, pkg/handlers/deploy.go), in its main parts. */
function deploymentOf(spec: FunctionSpec, more: Partial<V1Container> = {}): V1Deployment {
  const { service: name, image, limits, requests, readOnlyRootFilesystem } = spec;
  const env = Object.entries(spec.envVars).map(([name, value]) => (value === '' ? { name } : { name, value }));
  const container = { name, image, env, resources: { limits, requests }, securityContext: { readOnlyRootFilesystem } };
  return {
    spec: {
      selector: { matchLabels: { faas_function: name } },
      template: {
        metadata: { labels: { ...spec.labels, faas_function: name, uid: '12' } },
        spec: { containers: [{ ...container, ...more }], imagePullSecrets: spec.secrets.map((name) => ({ name })) },
      },
    },
  };
}

const name = fc.stringMatching(/^[a-z][a-z.-]{0,8}$/);
const texts = fc.dictionary(name, fc.string(), { noNullPrototype: true });
/** Both as the stack's configuration takes them. */
const cpu = fc.oneof(
  fc.integer({ min: 1, max: 999_999 }).map((thousandths) => `${thousandths}m`),
  fc.integer({ min: 1, max: 9_999_999 }).map((thousandths) => String(thousandths / 1000)),
);
const number = fc.oneof(
  fc.integer({ min: 1, max: 999_999_999 }),
  fc.tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom(1000, 1024, 1e6, 2 ** 19)).map(([some, of]) => some * of),
);
const memory = fc
  .tuple(number, fc.constantFrom('k', 'M', 'G', 'Ki', 'Mi', 'Gi'))
  .map(([number, unit]) => `${number}${unit}`);
const quantities = fc.record({ cpu, memory });
const spec: fc.Arbitrary<FunctionSpec> = fc.record({
  service: name,
  namespace: name,
  image: name,
  envVars: texts,
  labels: texts,
  limits: quantities,
  requests: quantities,
  secrets: fc.uniqueArray(name),
  readOnlyRootFilesystem: fc.boolean(),
});

/** What Kubernetes writes a quantity as: a whole number with the greatest unit of its kind that leaves it whole. */
function asKubernetesWrites(quantity: string): string {
  const [, whole = '', fraction = '', unit = ''] = /^(\d+)(?:\.(\d+))?(\w*)$/.exec(quantity) ?? [];
  const base = unit.endsWith('i') ? 1024n : 1000n;
  const powers = unit.endsWith('i') ? ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] : ['', 'k', 'M', 'G', 'T', 'P'];
  const thousandths =
    unit === 'm' ? BigInt(whole) : BigInt(whole + fraction.padEnd(3, '0')) * base ** BigInt(powers.indexOf(unit));
  const inUnits = powers.map((name, power) => ({ name, size: 1000n * base ** BigInt(power) }));
  const greatest = inUnits.findLast(({ size }) => thousandths % size === 0n);
  return greatest === undefined ? `${thousandths}m` : `${thousandths / greatest.size}${greatest.name}`;
}

test('the quantities of these tests are written as Kubernetes writes them', () => {
  const written = ['0.5', '1000m', '1500m', '1000', '1024Mi', '1500M', '2048Gi', '1000Ki'].map(asKubernetesWrites);
  expect(written).toEqual(['500m', '1', '1500m', '1k', '1Gi', '1500M', '2Ti', '1000Ki']);
});

test('a function that is deployed as it is wanted is read as wanted', () => {
  fc.assert(
    fc.property(spec, (wanted) => {
      expect(deployedSpec(wanted, deploymentOf(wanted))).toEqual(wanted);
    }),
  );
});

test('the same quantities in the way that Kubernetes writes them are as wanted', () => {
  fc.assert(
    fc.property(quantities, (quantities) => {
      const { cpu, memory } = quantities;
      const written = { cpu: asKubernetesWrites(cpu), memory: asKubernetesWrites(memory) };
      const asWanted = { ...wanted, limits: quantities, requests: quantities };
      const resources = { limits: written, requests: written };
      expect(deployedSpec(asWanted, deploymentOf(asWanted, { resources }))).toEqual(asWanted);
    }),
    { numRuns: 1000 },
  );
});

test.each<[keyof FunctionSpec, FunctionSpec[keyof FunctionSpec]]>([
  ['image', 'classifier:2'],
  ['envVars', { OFFLINE: '0' }],
  ['envVars', {}],
  ['envVars', { OFFLINE: '1', MORE: '1' }],
  ['labels', { 'com.openfaas.scale.min': '2' }],
  ['labels', {}],
  ['secrets', []],
  ['limits', { cpu: '500m', memory: '511Mi' }],
  ['limits', { cpu: '500m', memory: '512M' }],
  ['requests', { cpu: '1', memory: '512Mi' }],
  ['requests', { cpu: 'nonsense', memory: '512Mi' }],
  ['requests', { cpu: '500m', memory: '536870912Q' }],
  ['readOnlyRootFilesystem', false],
])('another %s than wanted, %j, is read', (key, value) => {
  const other = { ...wanted, [key]: value };
  expect(deployedSpec(wanted, deploymentOf(other))).toEqual(other);
});

test('a limit that was taken away is read as an empty one', () => {
  const resources = { limits: { cpu: '500m' } };
  const deployed = deployedSpec(wanted, deploymentOf(wanted, { resources }));
  expect([deployed.limits, deployed.requests]).toEqual([
    { cpu: '500m', memory: '' },
    { cpu: '', memory: '' },
  ]);
});

test('a variable whose value now comes from elsewhere is another one', () => {
  const env = [{ name: 'OFFLINE', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }];
  expect(deployedSpec(wanted, deploymentOf(wanted, { env })).envVars).not.toEqual(wanted.envVars);
});

test('variables that OpenFaaS adds are left out, unless they are wanted', () => {
  const env = Object.entries({ OFFLINE: '1', OPENFAAS_NAME: 'a', OPENFAAS_NAMESPACE: 'b' }).map(([name, value]) => ({
    name,
    value,
  }));
  expect(deployedSpec(wanted, deploymentOf(wanted, { env }))).toEqual(wanted);
  const envVars = { ...wanted.envVars, OPENFAAS_NAME: 'other' };
  expect(deployedSpec({ ...wanted, envVars }, deploymentOf(wanted, { env })).envVars['OPENFAAS_NAME']).toBe('a');
});

test('a root file system of which nothing is said can be written', () => {
  expect(deployedSpec(wanted, deploymentOf(wanted, { securityContext: {} })).readOnlyRootFilesystem).toBe(false);
});

test('a Secret to pull with that an update added again, or left there, is no other one', () => {
  expect(deployedSpec(wanted, deploymentOf({ ...wanted, secrets: ['pull', 'pull', 'old'] }))).toEqual(wanted);
});

test('a Secret that is mounted counts', () => {
  const deployment = deploymentOf({ ...wanted, secrets: [] });
  const volume = { name: 'classifier-projected-secrets', projected: { sources: [{ secret: { name: 'pull' } }] } };
  Object.assign(deployment.spec?.template.spec ?? {}, { volumes: [{ name: 'temp', emptyDir: {} }, volume] });
  expect(deployedSpec(wanted, deployment)).toEqual(wanted);
});
