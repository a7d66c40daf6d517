import { expect, it } from 'vitest';
import { container, deployment, podSpec } from '../test-stack/compliant.ts';
import { seccomp } from './seccomp.ts';

const runtimeDefault = { seccompProfile: { type: 'RuntimeDefault' } };

it('takes the profile of the pod for its containers, unless one has its own', () => {
  const unconfined = container({ securityContext: { seccompProfile: { type: 'Unconfined' } } });
  expect(seccomp.check(deployment(podSpec({ securityContext: runtimeDefault })))).toEqual([]);
  expect(seccomp.check(deployment(podSpec({ securityContext: runtimeDefault, containers: [unconfined] })))).toEqual([
    'container web: set securityContext.seccompProfile.type to RuntimeDefault',
  ]);
});
