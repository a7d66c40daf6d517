import { expect, it } from 'vitest';
import { container, deployment, podSpec } from '../test-stack/compliant.ts';
import { noCapabilities } from './no-capabilities.ts';

const withCapabilities = (capabilities: object) =>
  deployment(podSpec({ containers: [container({ securityContext: { capabilities } })] }));

it('refuses a container that drops some alone', () => {
  expect(noCapabilities.check(withCapabilities({ drop: ['NET_RAW'] }))).toEqual([
    'container web: set securityContext.capabilities.drop to ["ALL"]',
  ]);
});

it('refuses one that adds some back', () => {
  expect(noCapabilities.check(withCapabilities({ drop: ['ALL'], add: ['SYS_ADMIN'] }))).toEqual([
    'container web: remove SYS_ADMIN from securityContext.capabilities.add',
  ]);
});
