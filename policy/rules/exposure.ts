import { type KubernetesObject, kindOf } from '../kubernetes/index.ts';
import type { ObjectRule } from './rule.ts';

interface Spec {
  readonly type?: string;
  readonly externalIPs?: readonly string[];
}

/** @param nodePorts whether the stack's configuration lets targets be reached by NodePort */
export function exposure(nodePorts: boolean): ObjectRule {
  return {
    name: 'exposure',
    description:
      'Only the server, the gateway and the router are reached from outside, and only by the NodePort that the configuration chose.',
    check: (object) => (kindOf(object) === 'Service' ? faults(object, nodePorts) : []),
  };
}

/** Components that are targets of a benchmark. */
const targets = ['server', 'serverless', 'hybrid'];

function faults(service: KubernetesObject, nodePorts: boolean): string[] {
  const { type = 'ClusterIP', externalIPs = [] } = (service.props['spec'] ?? {}) as Spec;
  const isTarget = targets.includes(service.props.metadata?.labels?.['app.kubernetes.io/component'] ?? '');
  return [
    ...(type === 'ClusterIP' || (type === 'NodePort' && nodePorts && isTarget) ? [] : [refusal(type, isTarget)]),
    ...(externalIPs.length > 0 ? ['remove externalIPs'] : []),
  ];
}

function refusal(type: string, isTarget: boolean): string {
  if (type !== 'NodePort') return `set type to ClusterIP; ${type} is never needed`;
  if (isTarget) return 'set type to ClusterIP, as the configuration says';
  return `set type to ClusterIP; NodePort is for the components ${targets.join(', ')}`;
}
