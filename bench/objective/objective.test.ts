import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatObjective, objectiveSchema, parseObjective } from './objective.ts';

test.each([
  ['p95 < 200ms, errors < 1%', { quantile: 0.95, latencyMs: 200, errorShare: 0.01 }],
  ['errors<0.5%,p99.9<1.5s', { quantile: 0.999, latencyMs: 1500, errorShare: 0.005 }],
  ['p50 < 80 ms', { quantile: 0.5, latencyMs: 80, errorShare: 0.01 }],
])('%s is read', (text, { quantile, latencyMs, errorShare }) => {
  const objective = parseObjective(text);
  expect(objective.quantile).toBeCloseTo(quantile, 12);
  expect(objective.latencyMs).toBe(latencyMs);
  expect(objective.errorShare).toBeCloseTo(errorShare, 12);
});

test.each([
  '',
  'errors < 1%',
  'p95 > 200ms',
  'p95 < 200',
  'p95 < 200ms, p99 < 300ms',
  'p95 < 200ms, errors < 1%, errors < 2%',
  'p95 < 200ms, errors < 1%, fast',
  'p95 < 200ms errors < 1%',
])('"%s" is refused with how to write it', (text) => {
  expect(() => parseObjective(text)).toThrow('write it as in "p95 < 200ms, errors < 1%"');
});

test.each(['p0 < 200ms', 'p95 < 0ms', 'p95 < 1s, errors < 0%', 'p95 < 1s, errors < 101%'])(
  '"%s" is refused, as it cannot be kept or says nothing',
  (text) => {
    expect(() => parseObjective(text)).toThrow('can never be kept');
  },
);

test('what is written of an objective reads back as the same', () => {
  const written = fc.record({
    quantile: fc.integer({ min: 1, max: 999 }).map((n) => n / 1000),
    latencyMs: fc.integer({ min: 1, max: 100_000 }).map((n) => n / 10),
    errorShare: fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000),
  });
  fc.assert(
    fc.property(written, (objective) => {
      const read = parseObjective(formatObjective(objectiveSchema.parse(objective)));
      expect(read.quantile).toBeCloseTo(objective.quantile, 9);
      expect(read.latencyMs).toBeCloseTo(objective.latencyMs, 6);
      expect(read.errorShare).toBeCloseTo(objective.errorShare, 9);
    }),
  );
});
