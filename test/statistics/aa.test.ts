import { describe, expect, test } from 'vitest';
import { machines, runsShown } from './aa.ts';

// A minute of arithmetic; more where other tests take the cores.
const options = { timeout: 300_000 };

describe.each(machines)('on a machine that keeps its state for $drift.memory ms', (machine) => {
  test.each(['quick', 'paper'] as const)(
    'a target differs from itself in at most 1 of 20 runs, in latency and throughput together (%s)',
    options,
    (profile) => {
      expect(runsShown(machine, profile, 0, 200).any).toBeLessThanOrEqual(10);
    },
  );

  test('5 % slower is shown in at least 95 of 100 runs of the paper profile', options, () => {
    expect(runsShown(machine, 'paper', 0.05, 100).any).toBeGreaterThanOrEqual(95);
  });

  test('20 % slower is shown by throughput alone in at least 95 of 100', options, () => {
    expect(runsShown(machine, 'paper', 0.2, 100).throughput).toBeGreaterThanOrEqual(95);
  });
});
