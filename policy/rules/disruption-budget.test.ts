import { expect, it } from 'vitest';
import { disruptionBudget as budget, compliant, container, deployment, podSpec } from '../test-stack/compliant.ts';
import { disruptionBudget } from './disruption-budget.ts';

const faults = (budgets: Parameters<typeof compliant>[0]) =>
  disruptionBudget.check(compliant(budgets)).map(({ fault, of }) => [of.type, fault]);
const fault = [['kubernetes:apps/v1:Deployment', 'add a PodDisruptionBudget that selects its pods']];

it('does not take a budget of other pods', () => {
  expect(faults({ disruptionBudget: budget({ selector: { matchLabels: { other: 'x' } } }) })).toEqual(fault);
});

it('does not take a budget of another namespace', () => {
  expect(faults({ disruptionBudget: budget({}, { namespace: 'other' }) })).toEqual(fault);
});

it('does not take a budget without a selector, which selects nothing', () => {
  expect(faults({ disruptionBudget: budget({ selector: undefined }) })).toEqual(fault);
});

it('asks for none where no port is open', () => {
  const agent = deployment(podSpec({ containers: [container({ ports: undefined })] }));
  expect(faults({ deployment: agent, disruptionBudget: null })).toEqual([]);
});
