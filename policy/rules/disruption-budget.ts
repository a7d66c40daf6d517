import {
  type KubernetesObject,
  kindOf,
  namespaceOf,
  podOf,
  type Selector,
  selects,
  serving,
} from '../kubernetes/index.ts';
import type { StackRule } from './rule.ts';

export const disruptionBudget: StackRule = {
  name: 'disruption-budget',
  description: 'Every Deployment that opens a port has a PodDisruptionBudget, so that draining nodes asks first.',
  check: (objects) => {
    const budgets = objects.filter((object) => kindOf(object) === 'PodDisruptionBudget');
    return objects
      .filter((object) => kindOf(object) === 'Deployment' && serving(podOf(object)).length > 0)
      .filter((deployment) => !budgets.some((budget) => covers(budget, deployment)))
      .map((of) => ({ fault: 'add a PodDisruptionBudget that selects its pods', of }));
  },
};

function covers(budget: KubernetesObject, deployment: KubernetesObject): boolean {
  const selector = (budget.props['spec'] as { selector?: Selector } | undefined)?.selector;
  return (
    selector !== undefined &&
    namespaceOf(budget) === namespaceOf(deployment) &&
    selects(selector, podOf(deployment)?.metadata?.labels ?? {})
  );
}
