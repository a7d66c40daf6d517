import { expect, test } from 'vitest';
import { whyNotTrue } from './condition.ts';

const condition = (type: string, status: string, reason?: string, message?: string) => ({
  type,
  status,
  reason,
  message,
});

test('a condition that holds is no reason to wait', () => {
  expect(whyNotTrue({ status: { conditions: [condition('Ready', 'True')] } }, 'Ready')).toBeUndefined();
});

test('one that does not hold is told with why', () => {
  const conditions = [condition('Ready', 'False', 'RevisionMissing', 'no revision')];
  expect(whyNotTrue({ status: { conditions } }, 'Ready')).toBe(
    'condition Ready is False (RevisionMissing: no revision)',
  );
});

test('those that it is made of and that do not hold are told too', () => {
  const conditions = [condition('Ready', 'Unknown'), condition('A', 'True'), condition('B', 'False', 'Broken')];
  expect(whyNotTrue({ status: { conditions } }, 'Ready', ['A', 'B'])).toBe(
    'condition Ready is Unknown; condition B is False (Broken)',
  );
});

test('one that is not told yet is waited for', () => {
  expect(whyNotTrue({}, 'Ready')).toBe('condition Ready is not told yet');
});

test('one that holds for an older state does not count', () => {
  const found = {
    metadata: { generation: 2 },
    status: { observedGeneration: 1, conditions: [condition('Ready', 'True')] },
  };
  expect(whyNotTrue(found, 'Ready')).toBe('the cluster has not taken up its newest state yet');
});
