import { expect, test } from 'vitest';
import { closedLoop } from './closed-loop.ts';

const loop = { service: { kind: 'constant', seconds: 0.02 }, clients: 8 } as const;

test('clients wait for each other: with one slot each answer takes all of their work', () => {
  const latencies = closedLoop({ ...loop, concurrency: 1, crowding: 0 }, 100);
  expect(latencies[0]).toBeCloseTo(0.16, 9);
  expect(latencies[99]).toBeCloseTo(0.16, 9);
});

test('shared, the mean is the same, since as much work is done; what differs is the spread', () => {
  const service = { kind: 'measured', seconds: [0.01, 0.03] } as const;
  const [alone, shared] = [1, 8].map((concurrency) =>
    closedLoop({ ...loop, service, concurrency, crowding: 1 }, 20_000),
  );
  const mean = (of: readonly number[] = []) => of.reduce((sum, each) => sum + each, 0) / of.length;
  const spread = (of: readonly number[] = []) => (of[19_000] ?? 0) / (of[1000] ?? 0);
  expect(mean(shared) / mean(alone)).toBeCloseTo(1, 1);
  expect(spread(shared)).toBeGreaterThan(1.5 * spread(alone));
});
