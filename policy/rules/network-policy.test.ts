import { expect, it } from 'vitest';
import { compliant, networkPolicy as policy } from '../test-stack/compliant.ts';
import { networkPolicy } from './network-policy.ts';

const faults = (change: Parameters<typeof compliant>[0]) =>
  networkPolicy.check(compliant(change)).map(({ fault, of }) => [of.type, fault]);
const fault = [['kubernetes:apps/v1:Deployment', 'add a NetworkPolicy to namespace faceoff that selects its pods']];

it('takes one that selects all pods of the namespace', () => {
  expect(faults({ networkPolicy: policy({ podSelector: {} }) })).toEqual([]);
});

it('does not take one of another namespace', () => {
  expect(faults({ networkPolicy: policy({ podSelector: {} }, { namespace: 'other' }) })).toEqual(fault);
});

it('does not take one that selects other pods', () => {
  expect(faults({ networkPolicy: policy({ podSelector: { matchLabels: { other: 'x' } } }) })).toEqual(fault);
});

it('does not take one that is about what leaves alone', () => {
  expect(faults({ networkPolicy: policy({ policyTypes: ['Egress'] }) })).toEqual(fault);
});
