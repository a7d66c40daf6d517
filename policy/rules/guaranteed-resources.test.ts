import { expect, it } from 'vitest';
import { container, deployment, podSpec } from '../test-stack/compliant.ts';
import { guaranteedResources } from './guaranteed-resources.ts';

const withResources = (resources: object | undefined) =>
  deployment(podSpec({ containers: [container({ resources })] }));

it('refuses a container that may use more than it asks for', () => {
  const resources = { requests: { cpu: '250m', memory: '64Mi' }, limits: { cpu: '500m', memory: '64Mi' } };
  expect(guaranteedResources.check(withResources(resources))).toEqual([
    'container web: set resources.requests and resources.limits to the same amount of cpu',
  ]);
});

it('refuses one without any', () => {
  expect(guaranteedResources.check(withResources(undefined))).toEqual([expect.stringContaining('cpu and memory')]);
});

it('takes a number for the same amount in writing', () => {
  const resources = { requests: { cpu: 1, memory: '64Mi' }, limits: { cpu: '1', memory: '64Mi' } };
  expect(guaranteedResources.check(withResources(resources))).toEqual([]);
});
