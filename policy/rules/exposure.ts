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
    description: 'Only the server is reached from outside, and only by the NodePort that the configuration chose.',
    check: (object) => (kindOf(object) === 'Service' ? faults(object, nodePorts) : []),
  };
}

function faults(service: KubernetesObject, nodePorts: boolean): string[] {
  const { type = 'ClusterIP', externalIPs = [] } = (service.props['spec'] ?? {}) as Spec;
  const component = service.props.metadata?.labels?.['app.kubernetes.io/component'];
  return [
    ...(type === 'ClusterIP' || (type === 'NodePort' && nodePorts && component === 'server') ? [] : [refusal(type)]),
    ...(externalIPs.length > 0 ? ['remove externalIPs'] : []),
  ];

  function refusal(wrong: string): string {
    if (wrong === 'NodePort' && component === 'server') return 'set type to ClusterIP, as the configuration says';
    return `set type to ClusterIP; ${wrong} is ${wrong === 'NodePort' ? 'for the component server' : 'never needed'}`;
  }
}
