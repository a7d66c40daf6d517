import { expect, it } from 'vitest';
import { container, deployment, podSpec } from '../test-stack/compliant.ts';
import { readOnlyRoot } from './read-only-root.ts';

it('refuses a container that says nothing of it', () => {
  const bare = deployment(podSpec({ containers: [container({ securityContext: undefined })] }));
  expect(readOnlyRoot.check(bare)).toEqual(['container web: set securityContext.readOnlyRootFilesystem to true']);
});

it('tells every container that is wrong', () => {
  const spec = podSpec({ containers: ['a', 'b'].map((name) => container({ name, securityContext: {} })) });
  expect(readOnlyRoot.check(deployment(spec))).toHaveLength(2);
});
