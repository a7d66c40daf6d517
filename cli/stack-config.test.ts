import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { stackConfig } from './stack-config.ts';

type Given = Parameters<typeof stackConfig>[0];
const given = (family: Given['family'], settings: Record<string, number>) =>
  ({ family, result: { settings } }) as Given;

test.each([
  ['server', { replicas: 3 }, { 'faceoff:architectures': ['server'], 'server:replicas': '3' }],
  [
    'hpa',
    { min: 1, max: 6, 'CPU target %': 70 },
    {
      'faceoff:architectures': ['server'],
      'server:replicas': '1',
      'server:maxReplicas': '6',
      'server:cpuTarget': '70',
    },
  ],
  [
    'openfaas',
    { min: 1, max: 6, 'scale factor': 20 },
    {
      'faceoff:architectures': ['serverless'],
      'serverless:minReplicas': '1',
      'serverless:maxReplicas': '6',
      'serverless:scaleFactor': '20',
    },
  ],
] as const)('%s is written as a stack is configured', (family, settings, config) => {
  expect(parse(stackConfig(given(family, settings)))).toEqual({ config });
});

test('a value that the program does not take is refused', () => {
  expect(() => stackConfig(given('server', { replicas: 5000 }))).toThrow(/server:replicas/);
});

test('a way to serve that no stack has is refused', () => {
  expect(() => stackConfig(given('cloud', {}))).toThrow(/no stack of this program serves by cloud/);
});
