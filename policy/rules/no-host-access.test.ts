import { expect, it } from 'vitest';
import { container, deployment, podSpec } from '../test-stack/compliant.ts';
import { noHostAccess } from './no-host-access.ts';

it.each(['hostNetwork', 'hostPID', 'hostIPC'])('refuses %s', (field) => {
  expect(noHostAccess.check(deployment(podSpec({ [field]: true })))).toEqual([`remove ${field}`]);
});

it('lets a pod say that it shares none of them', () => {
  expect(noHostAccess.check(deployment(podSpec({ hostNetwork: false })))).toEqual([]);
});

it('refuses a folder of the node', () => {
  expect(noHostAccess.check(deployment(podSpec({ volumes: [{ name: 'v', hostPath: { path: '/' } }] })))).toEqual([
    'volume v: use another kind than hostPath',
  ]);
});

it('refuses a privileged container, and a port of the node', () => {
  const open = container({ securityContext: { privileged: true }, ports: [{ containerPort: 8080, hostPort: 80 }] });
  expect(noHostAccess.check(deployment(podSpec({ containers: [open] })))).toEqual([
    'container web: remove securityContext.privileged',
    'container web: remove hostPort',
  ]);
});
