import { expect, test } from 'vitest';
import { scaleLabels } from './scaling.ts';

const serverless = { minReplicas: 2, maxReplicas: 8, scaleFactor: 20 };

test('a function is scaled between its bounds by its step, and labels are texts', () => {
  expect(scaleLabels(serverless)).toEqual({
    'com.openfaas.scale.min': '2',
    'com.openfaas.scale.max': '8',
    'com.openfaas.scale.factor': '20',
  });
});

test('a step of 0, which turns autoscaling off, is said and not left to a default', () => {
  expect(scaleLabels({ ...serverless, scaleFactor: 0 })).toMatchObject({ 'com.openfaas.scale.factor': '0' });
});

test('idle minutes let it be scaled to zero', () => {
  expect(scaleLabels({ ...serverless, scaleToZero: 15 })).toEqual({
    ...scaleLabels(serverless),
    'com.openfaas.scale.zero': 'true',
    'com.openfaas.scale.zero-duration': '15m',
  });
});
