import { expect, it } from 'vitest';
import { container, deployment, podSpec } from '../test-stack/compliant.ts';
import { nonRoot } from './non-root.ts';

const pod = (own: object, shared: object) =>
  deployment(podSpec({ securityContext: shared, containers: [container({ securityContext: own })] }));

it('takes the word of the pod for its containers', () => {
  expect(nonRoot.check(pod({}, { runAsNonRoot: true }))).toEqual([]);
});

it('takes the word of a container over that of its pod', () => {
  expect(nonRoot.check(pod({ runAsNonRoot: false }, { runAsNonRoot: true }))).toEqual([
    'container web: set securityContext.runAsNonRoot to true',
  ]);
  expect(nonRoot.check(pod({ runAsNonRoot: true }, { runAsNonRoot: false }))).toEqual([]);
});

it('refuses the user 0 by number', () => {
  expect(nonRoot.check(pod({ runAsUser: 0 }, { runAsNonRoot: true, runAsUser: 1000 }))).toEqual([
    'container web: set securityContext.runAsUser to a user other than 0',
  ]);
});

it('looks at containers that start a pod too', () => {
  const spec = podSpec({ initContainers: [container({ name: 'first', securityContext: { runAsNonRoot: false } })] });
  expect(nonRoot.check(deployment(spec))).toEqual([expect.stringContaining('container first')]);
});
