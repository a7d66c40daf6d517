import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deployedSpec, type FunctionSpec, functionStatus } from './spec.ts';

const wanted: FunctionSpec = {
  service: 'classifier',
  namespace: 'openfaas-fn',
  image: 'classifier:1',
  envVars: { OFFLINE: '1' },
  labels: { 'com.openfaas.scale.min': '1' },
  limits: { cpu: '1500m', memory: '512Mi' },
  requests: { cpu: '1500m', memory: '512Mi' },
  secrets: ['pull'],
  readOnlyRootFilesystem: true,
};
const told = (more: object = {}) => functionStatus.parse({ ...wanted, name: wanted.service, ...more });

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
  secrets: fc.array(name),
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

test('a function that is told exactly as it is wanted is as wanted', () => {
  fc.assert(
    fc.property(spec, (wanted) => {
      expect(deployedSpec(wanted, functionStatus.parse({ ...wanted, name: wanted.service }))).toEqual(wanted);
    }),
  );
});

test('what is not told is taken to be as wanted, null as well, since Go writes an empty list so', () => {
  fc.assert(
    fc.property(spec, fc.constantFrom(null, undefined), (wanted, nothing) => {
      const { service: name, image } = wanted;
      const [labels, envVars, secrets, limits, requests] = Array.from({ length: 5 }, () => nothing);
      const status = functionStatus.parse({ name, image, labels, envVars, secrets, limits, requests });
      expect(deployedSpec(wanted, status)).toEqual(wanted);
    }),
  );
});

test('the same quantities in the way that Kubernetes writes them are as wanted', () => {
  fc.assert(
    fc.property(quantities, (quantities) => {
      const { cpu, memory } = quantities;
      const written = { cpu: asKubernetesWrites(cpu), memory: asKubernetesWrites(memory) };
      const asWanted = { ...wanted, limits: quantities, requests: quantities };
      expect(deployedSpec(asWanted, told({ limits: written, requests: written }))).toEqual(asWanted);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['image', 'classifier:2'],
  ['envVars', { OFFLINE: '0' }],
  ['envVars', {}],
  ['labels', { 'com.openfaas.scale.min': '2' }],
  ['labels', {}],
  ['secrets', []],
  ['limits', { cpu: '1500m', memory: '511Mi' }],
  ['requests', { cpu: '1', memory: '512Mi' }],
  ['requests', { cpu: 'nonsense', memory: '512Mi' }],
  ['requests', { cpu: '1500m', memory: '536870912Q' }],
])('another %s than wanted, %j, is told', (key, value) => {
  expect(deployedSpec(wanted, told({ [key]: value }))).toEqual({ ...wanted, [key]: value });
});

test('512 million and 512 Mi bytes are not the same', () => {
  const limits = { cpu: '1500m', memory: '512M' };
  expect(deployedSpec(wanted, told({ limits })).limits).toEqual(limits);
});

test('of quantities of which one is told, the other is taken to be as wanted', () => {
  expect(deployedSpec(wanted, told({ limits: { cpu: '2' } })).limits).toEqual({ cpu: '2', memory: '512Mi' });
});

test('labels that the gateway adds are left out', () => {
  const labels = { ...wanted.labels, faas_function: 'classifier' };
  expect(deployedSpec(wanted, told({ labels }))).toEqual(wanted);
});
