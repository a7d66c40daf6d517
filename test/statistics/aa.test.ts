import { describe, expect, test } from 'vitest';
import { countShown, showsDifference } from './comparison.ts';
import { machine } from './simulated.ts';

// Half a minute of arithmetic; more where other tests take the cores.
const options = { timeout: 300_000 };

describe.each([
  ['forgets its state within a block', 1000],
  ['keeps its state for several blocks', 10_000],
])('on a machine that %s', (_, memory) => {
  const drifting = { ...machine, drift: { ...machine.drift, memory } };

  test.each(['quick', 'paper'] as const)(
    'a target differs from itself in at most 1 of 20 runs (%s)',
    options,
    (profile) => {
      expect(countShown(200, (seed) => showsDifference(drifting, profile, 1, seed))).toBeLessThanOrEqual(10);
    },
  );

  test('5 % slower is shown in at least 95 of 100 runs of the paper profile', options, () => {
    expect(countShown(100, (seed) => showsDifference(drifting, 'paper', 1.05, seed))).toBeGreaterThanOrEqual(95);
  });
});
