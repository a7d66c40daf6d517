import { expect, test } from 'vitest';
import type { BurstStart } from '../summary/index.ts';
import { burstTable, describeBurst } from './burst.ts';

const none = { value: 0, low: 0, high: 0 };
const start = (changes: Partial<BurstStart> = {}): BurstStart => ({
  from: 1,
  trials: 1,
  recovered: 1,
  lateShare: { value: 0.25, low: 0.2, high: 0.3 },
  failedShare: none,
  ...changes,
});
const after = (value: number) => ({ holdsAfterSeconds: { value, low: value, high: value } });
const target = (...starts: BurstStart[]) => ({
  name: 'a',
  burst: { objective: 'p95 < 200 ms, errors < 1 %', perSecond: 60, starts, trials: [] },
});

test.each<[BurstStart, string]>([
  [start(after(4.2)), 'a, from 1 replica, keeps it again after 4.2 s.'],
  [start(after(0)), 'a, from 1 replica, keeps the objective from the beginning.'],
  [
    start({ ...after(4), from: 0, trials: 3, recovered: 2 }),
    'a, from 0 replicas, keeps it again after 4 s in 2 of 3 bursts.',
  ],
  [start({ recovered: 0 }), 'a, from 1 replica, does not keep the objective before the burst is over.'],
])('a burst is told in a sentence (%#)', (given, sentence) => {
  expect(describeBurst(target(given))).toEqual([sentence]);
});

test('the table has a row for each start', () => {
  const targets = [target(start(after(0)), start({ from: 0, recovered: 0 }))] as never;
  const table = burstTable({ targets, comparisons: [], client: [], lateness: [], notes: [] });
  expect(table?.rows).toEqual([
    ['a, from 1', 'at once', '25 %', '0 %', '–'],
    ['a, from 0', 'not within the burst', '25 %', '0 %', '–'],
  ]);
});

test('several bursts have an interval', () => {
  const targets = [target(start({ ...after(4), trials: 3, recovered: 2 }))] as never;
  const [row] = burstTable({ targets, comparisons: [], client: [], lateness: [], notes: [] })?.rows ?? [];
  expect(row?.slice(1, 3)).toEqual(['4 s (4 to 4) in 2 of 3 bursts', '25 % (20 to 30)']);
});

test('there is no table where there was no burst', () => {
  expect(burstTable({ targets: [], comparisons: [], client: [], lateness: [], notes: [] })).toBeUndefined();
});
