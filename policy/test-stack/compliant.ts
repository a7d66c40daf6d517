// A stack that follows every rule, for tests to break one rule at a time.
import type { KubernetesObject } from '../kubernetes/index.ts';

const selector = {
  'app.kubernetes.io/name': 'web',
  'app.kubernetes.io/instance': 'test',
  'app.kubernetes.io/component': 'server',
};
const labels = { ...selector, 'app.kubernetes.io/part-of': 'faceoff', 'app.kubernetes.io/managed-by': 'pulumi' };

export function container(change: object = {}) {
  const probe = { httpGet: { path: '/_/health', port: 8080 } };
  return {
    name: 'web',
    image: 'registry.example:5000/web:1.2',
    ports: [{ containerPort: 8080 }],
    env: [{ name: 'NGROK_AUTHTOKEN', valueFrom: { secretKeyRef: { name: 'web', key: 'token' } } }],
    resources: { requests: { cpu: '500m', memory: '64Mi' }, limits: { cpu: '500m', memory: '64Mi' } },
    readinessProbe: probe,
    livenessProbe: probe,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    ...change,
  };
}

export function podSpec(change: object = {}) {
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container()],
    volumes: [{ name: 'tmp', emptyDir: {} }],
    ...change,
  };
}

export function deployment(spec: object = podSpec(), podLabels: Record<string, string> = labels): KubernetesObject {
  return object('apps/v1:Deployment', {
    spec: { selector: { matchLabels: selector }, template: { metadata: { labels: podLabels }, spec } },
  });
}

export function service(spec: object = {}, change: object = {}): KubernetesObject {
  return object('core/v1:Service', { spec: { type: 'NodePort', selector, ports: [{ port: 8080 }], ...spec } }, change);
}

export function configMap(data: Record<string, string> = { 'settings.json': '{}' }): KubernetesObject {
  return object('core/v1:ConfigMap', { data });
}

export function disruptionBudget(spec: object = {}, change: object = {}): KubernetesObject {
  const own = { maxUnavailable: 1, selector: { matchLabels: selector }, ...spec };
  return object('policy/v1:PodDisruptionBudget', { spec: own }, change);
}

export function networkPolicy(spec: object = {}, change: object = {}): KubernetesObject {
  const own = { podSelector: { matchLabels: selector }, policyTypes: ['Ingress'], ingress: [{}], ...spec };
  return object('networking.k8s.io/v1:NetworkPolicy', { spec: own }, change);
}

/** @param change fields of its metadata to replace */
export function object(type: string, fields: object, change: object = {}): KubernetesObject {
  return {
    type: `kubernetes:${type}`,
    urn: `urn:pulumi:test::test::kubernetes:${type}::web`,
    props: { metadata: { name: 'web', namespace: 'faceoff', labels, ...change }, ...fields },
  };
}

/** The whole stack, with some objects in another form: `compliant({ service: service({ … }) })`; `null` leaves one out. */
export function compliant(change: Record<string, KubernetesObject | null> = {}): KubernetesObject[] {
  const objects = {
    deployment: deployment(),
    service: service(),
    configMap: configMap(),
    disruptionBudget: disruptionBudget(),
    networkPolicy: networkPolicy(),
    ...change,
  };
  return Object.values(objects).filter((one) => one !== null);
}
