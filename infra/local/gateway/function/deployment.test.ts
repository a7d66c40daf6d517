import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GatewayError } from '../gateway-error.ts';
import { parseDeployment } from './deployment.ts';

const parse = (deployment: unknown) => parseDeployment(deployment, 'openfaas-fn');
const withLabels = (labels: Record<string, string>) => parse({ service: 'f', image: 'i', labels });

test('a name and an image are enough', () => {
  expect(parse({ service: 'f', image: 'i' })).toEqual({
    name: 'f',
    image: 'i',
    envVars: {},
    labels: {},
    annotations: {},
    readOnlyRootFilesystem: false,
    scale: { min: 1, max: 5, factor: 10 },
  });
});

test('what Kubernetes alone could do is taken and kept', () => {
  const limits = { memory: '512Mi', cpu: '500m' };
  expect(parse({ service: 'f', image: 'i', limits, requests: limits, readOnlyRootFilesystem: true })).toMatchObject({
    limits,
    requests: limits,
    readOnlyRootFilesystem: true,
  });
});

test('fields of OpenFaaS that mean nothing here are ignored', () => {
  expect(parse({ service: 'f', image: 'i', constraints: ['a=b'], envProcess: 'cat', network: 'x' }).name).toBe('f');
});

describe('labels', () => {
  test('set the scale', () => {
    const labels = { 'com.openfaas.scale.min': '2', 'com.openfaas.scale.max': '8', 'com.openfaas.scale.factor': '50' };
    expect(withLabels(labels).scale).toEqual({ min: 2, max: 8, factor: 50 });
  });

  test('scale to zero after the duration given', () => {
    const labels = { 'com.openfaas.scale.zero': 'true', 'com.openfaas.scale.zero-duration': '90s' };
    expect(withLabels(labels).scale.idleMs).toBe(90_000);
  });

  test('scale to zero after 15 minutes without a duration', () => {
    expect(withLabels({ 'com.openfaas.scale.zero': 'true' }).scale.idleMs).toBe(900_000);
  });

  test('do not scale to zero by a duration alone', () => {
    expect(withLabels({ 'com.openfaas.scale.zero-duration': '90s' }).scale.idleMs).toBeUndefined();
  });

  test.each([
    ['com.openfaas.scale.min', '0', 'a whole number from 1 to 100'],
    ['com.openfaas.scale.max', 'many', 'a whole number from 1 to 100'],
    ['com.openfaas.scale.factor', '101', 'a whole number from 0 to 100'],
    ['com.openfaas.scale.zero', 'yes', 'true or false'],
    ['com.openfaas.scale.zero-duration', '5', 'a duration above zero'],
  ])('%s: %s is refused', (label, value, allowed) => {
    expect(() => withLabels({ [label]: value })).toThrow(new RegExp(`${label}: ${allowed}`));
  });

  test('a minimum above the maximum is refused', () => {
    expect(() => withLabels({ 'com.openfaas.scale.min': '6' })).toThrow(/scale.min is above com.openfaas.scale.max/);
  });
});

test.each([
  ['no name', { image: 'i' }, /service/],
  ['a name that is no DNS label', { service: 'No_Name', image: 'i' }, /service: must be a valid DNS label/],
  ['no image', { service: 'f' }, /image/],
  ['secrets', { service: 'f', image: 'i', secrets: ['s'] }, /secrets: there are none here/],
  ['another namespace', { service: 'f', image: 'i', namespace: 'other' }, /namespace must be: openfaas-fn/],
  ['a variable that is not text', { service: 'f', image: 'i', envVars: { A: 1 } }, /envVars: A/],
])('%s is refused', (_, deployment, message) => {
  expect(() => parse(deployment)).toThrow(message);
});

test('whatever comes, it is read or refused with 400', () => {
  fc.assert(
    fc.property(fc.anything(), (body) => {
      try {
        parse(body);
      } catch (error) {
        expect(error).toBeInstanceOf(GatewayError);
        expect((error as GatewayError).status).toBe(400);
      }
    }),
  );
});
