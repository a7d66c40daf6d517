import type { KubernetesObject } from '../kubernetes/index.ts';
import * as part from './compliant.ts';

const secured = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
const withContainer = (change: object) =>
  part.compliant({ deployment: part.deployment(part.podSpec({ containers: [part.container(change)] })) });
const withPod = (change: object) => part.compliant({ deployment: part.deployment(part.podSpec(change)) });

/** For every rule, a stack that breaks this one and no other. */
export const violating: Readonly<Record<string, KubernetesObject[]>> = {
  labels: part.compliant({ configMap: part.object('core/v1:ConfigMap', {}, { labels: {} }) }),
  'non-root': withPod({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }),
  'read-only-root': withContainer({ securityContext: { ...secured, readOnlyRootFilesystem: false } }),
  'no-capabilities': withContainer({ securityContext: { ...secured, capabilities: {} } }),
  'no-privilege-escalation': withContainer({ securityContext: { ...secured, allowPrivilegeEscalation: true } }),
  'no-host-access': withPod({ volumes: [{ name: 'tmp', hostPath: { path: '/tmp' } }] }),
  seccomp: withPod({ securityContext: { runAsNonRoot: true } }),
  'guaranteed-resources': withContainer({ resources: { limits: { cpu: '500m', memory: '64Mi' } } }),
  'no-api-token': withPod({ automountServiceAccountToken: true }),
  'pinned-image': withContainer({ image: 'registry.example:5000/web' }),
  probes: withContainer({ readinessProbe: undefined }),
  'no-plain-secret': withContainer({ env: [{ name: 'NGROK_AUTHTOKEN', value: '2abc' }] }),
  exposure: part.compliant({ service: part.service({ type: 'LoadBalancer' }) }),
  'disruption-budget': part.compliant({ disruptionBudget: null }),
  'network-policy': part.compliant({ networkPolicy: null }),
};
