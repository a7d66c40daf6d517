import { expect, it } from 'vitest';
import { isObject } from './index.ts';

it.each(['apps/v1:Deployment', 'core/v1:Namespace', 'example.com/v1:Anything'])('takes kubernetes:%s', (type) => {
  expect(isObject({ type: `kubernetes:${type}` })).toBe(true);
});

it.each([
  'kubernetes:helm.sh/v3:Release',
  'kubernetes:yaml/v2:ConfigGroup',
  'kubernetes:apps/v1:DeploymentPatch',
  'pulumi:providers:kubernetes',
  'pulumi-nodejs:dynamic:Resource',
  'faceoff:Server',
])('leaves %s out', (type) => {
  expect(isObject({ type })).toBe(false);
});
