import { expect, test } from 'vitest';
import { chartValues, merge } from './values.ts';

const openfaas = { edition: 'mit', imagePullPolicy: 'IfNotPresent', values: {} } as const;

test("the configuration's values are merged over the program's, key by key", () => {
  const values = { gateway: { replicas: 2 }, async: true };
  expect(chartValues({ ...openfaas, values }, 'openfaas-fn')).toMatchObject({
    functionNamespace: 'openfaas-fn',
    gateway: { replicas: 2, scaleFromZero: true },
    async: true,
  });
});

test('a replica that loads its model has two minutes before it counts as dead', () => {
  expect(chartValues(openfaas, 'openfaas-fn')).toMatchObject({
    faasnetes: { livenessProbe: { initialDelaySeconds: 120 } },
  });
});

test('a list replaces a list, and what is merged stays as it was', () => {
  const first = { list: [1, 2], inner: { a: 1 } };
  expect(merge(first, { list: [3], inner: { b: 2 } })).toEqual({ list: [3], inner: { a: 1, b: 2 } });
  expect(first).toEqual({ list: [1, 2], inner: { a: 1 } });
});

test.each([
  ['mit', false],
  ['ce', false],
  ['pro', true],
] as const)('edition %s: Pro is %s', (edition, openfaasPro) => {
  expect(chartValues({ ...openfaas, edition }, 'openfaas-fn')).toMatchObject({ openfaasPro });
});
