import { expect, it } from 'vitest';
import { container, deployment, podSpec } from '../test-stack/compliant.ts';
import { noPrivilegeEscalation } from './no-privilege-escalation.ts';

it('refuses a container that leaves it to the default, which allows it', () => {
  const bare = deployment(podSpec({ containers: [container({ securityContext: {} })] }));
  expect(noPrivilegeEscalation.check(bare)).toEqual([
    'container web: set securityContext.allowPrivilegeEscalation to false',
  ]);
});
