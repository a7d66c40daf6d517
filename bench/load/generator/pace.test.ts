import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pace } from './pace.ts';

const now = (): number => performance.now();

function paceAll(offsets: readonly number[]): Promise<{ time: number; at: number }[]> {
  const start = now() + 5;
  const due: { time: number; at: number }[] = [];
  return new Promise((resolve) => {
    pace(
      offsets.map((offset) => start + offset),
      now,
      (time) => due.push({ time: time - start, at: now() - start }),
      () => resolve(due),
    );
  });
}

test('every time is told, in order, and none before it has come', async () => {
  const offsets = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(offsets, async (unsorted) => {
      const sorted = unsorted.toSorted((a, b) => a - b);
      const due = await paceAll(sorted);
      expect(due).toHaveLength(sorted.length);
      due.forEach(({ time, at }, index) => {
        expect(time).toBeCloseTo(sorted[index] ?? Number.NaN, 6);
        expect(at).toBeGreaterThanOrEqual(time);
      });
    }),
    { numRuns: 20 },
  );
});

test('nothing is told once it was stopped, be it from within', async () => {
  const due: number[] = [];
  const start = now();
  const stop = pace(
    [start, start, start + 5],
    now,
    (time) => {
      due.push(time);
      stop();
    },
    () => due.push(Number.NaN),
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(due).toEqual([start]);
});
