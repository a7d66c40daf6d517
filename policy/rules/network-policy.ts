import { type KubernetesObject, kindOf, namespaceOf, podOf, type Selector, selects } from '../kubernetes/index.ts';
import type { StackRule } from './rule.ts';

export const networkPolicy: StackRule = {
  name: 'network-policy',
  description: 'A NetworkPolicy says who may reach the pods of every workload.',
  check: (objects) => {
    const policies = objects.filter((object) => kindOf(object) === 'NetworkPolicy');
    return objects
      .filter((object) => podOf(object) !== undefined)
      .filter((workload) => !policies.some((policy) => guards(policy, workload)))
      .map((of) => ({ fault: `add a NetworkPolicy to namespace ${namespaceOf(of)} that selects its pods`, of }));
  },
};

interface Spec {
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
}

function guards(policy: KubernetesObject, workload: KubernetesObject): boolean {
  const { podSelector = {}, policyTypes = ['Ingress'] } = (policy.props['spec'] ?? {}) as Spec;
  return (
    namespaceOf(policy) === namespaceOf(workload) &&
    policyTypes.includes('Ingress') &&
    selects(podSelector, podOf(workload)?.metadata?.labels ?? {})
  );
}
