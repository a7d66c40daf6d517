import { describe, expect, test } from 'vitest';
import { countShown, showsDifference } from './comparison.ts';
import { machine } from './simulated.ts';

describe.each([
  ['forgets its state within a block', 1000],
  ['keeps its state for several blocks', 10_000],
])('on a machine that %s', (_, memory) => {
  const drifting = { ...machine, drift: { ...machine.drift, memory } };

  test.each(['quick', 'paper'] as const)('a target differs from itself in at most 5 of 100 runs (%s)', (profile) => {
    expect(countShown(100, (seed) => showsDifference(drifting, profile, 1, seed))).toBeLessThanOrEqual(5);
  });

  test('5 % slower is shown in at least 95 of 100 runs of the paper profile', () => {
    expect(countShown(100, (seed) => showsDifference(drifting, 'paper', 1.05, seed))).toBeGreaterThanOrEqual(95);
  });
});
