import { expect, test } from 'vitest';
import type { CapacityFigures } from '../summary/index.ts';
import { capacityReasons, capacityTable, describeCapacity } from './capacity.ts';

const outcomes = {
  attempts: 200,
  succeeded: 199,
  refused: 1,
  timeouts: 0,
  connectionErrors: 0,
  malformed: 0,
  latenessP99Ms: 0.4,
};
const median = { value: 20, low: 19, high: 21 };

function capacity(changes: Partial<CapacityFigures> = {}): CapacityFigures {
  const atQuantile = { value: 120, low: 100, high: 150 };
  return {
    objective: 'p95 < 200 ms, errors < 1 %',
    state: 'found',
    clientLimited: false,
    perSecond: { value: 80, low: 80, high: 88 },
    probes: 9,
    voidProbes: 0,
    underway: 7,
    curve: [{ rate: 80, kept: 2, probes: 2, givenUp: false, ...outcomes, median, atQuantile }],
    ...changes,
  };
}

const infinite = { value: 80, low: 80, high: Number.POSITIVE_INFINITY };
const { perSecond: _, ...nothing } = capacity();

test.each<[string, CapacityFigures, string]>([
  ['found', capacity(), 'a keeps p95 < 200 ms, errors < 1 % up to 80/s and breaks it at 88/s.'],
  [
    'the highest that may be tried',
    capacity({ state: 'at least', perSecond: infinite }),
    '80/s or more: nothing higher',
  ],
  [
    'limited by the client',
    capacity({ state: 'at least', clientLimited: true, perSecond: infinite }),
    '80/s or more: the client could not send faster on time',
  ],
  ['not over', capacity({ state: 'open' }), 'up to 80/s, but the search was not over after 9 probes'],
  ['without a kept rate', { ...nothing, state: 'none' }, 'does not keep p95 < 200 ms, errors < 1 %, not even at 80/s'],
])('a search that is %s is told as such', (_, figures, sentence) => {
  expect(describeCapacity({ name: 'a', capacity: figures })).toContain(sentence);
});

test('probes above the found rate that kept the objective too are told', () => {
  const point = { givenUp: false, ...outcomes, median: { value: 20, low: 19, high: 21 } };
  const curve = [
    { rate: 80, kept: 3, probes: 3, ...point },
    { rate: 84, kept: 1, probes: 3, ...point },
    { rate: 88, kept: 0, probes: 1, ...point },
  ];
  const figures = capacity({ curve });
  expect(describeCapacity({ name: 'a', capacity: figures })).toContain('though 1 of 4 probes above kept it too');
});

test('the verdict is given the confirmed capacities in one reason', () => {
  const open = { name: 'c', capacity: capacity({ state: 'open' }) };
  const targets = [{ name: 'a', capacity: capacity() }, { name: 'b' }, open];
  expect(capacityReasons(targets)).toEqual([
    'One replica keeps p95 < 200 ms, errors < 1 %: a up to 80 requests a second.',
  ]);
  expect(capacityReasons([{ name: 'b' }, open])).toEqual([]);
});

test('the table says how sure the rate is and how late the client was, and counts failures and void probes', () => {
  const target = { name: 'a', capacity: capacity({ state: 'open', voidProbes: 2 }) } as never;
  const table = capacityTable({ targets: [target], comparisons: [], client: [], lateness: [], notes: [] });
  const rows = new Map(table?.rows.map(([name, value]) => [name, value]));
  expect(rows.get('Highest rate kept')).toBe('80/s, not confirmed');
  expect(rows.get('Next rate, broken')).toBe('88/s');
  expect(rows.get('Requests failed at that rate')).toBe('1 of 200');
  expect(rows.get('Client late at that rate, 99th percentile')).toBe('0.4 ms');
  expect(rows.get('Requests without an answer when probes were given up')).toBe('7');
  expect(rows.get('Probes')).toBe('9, 2 of them void: the client sent too late');
});

test('there is no table where nothing was probed', () => {
  expect(capacityTable({ targets: [], comparisons: [], client: [], lateness: [], notes: [] })).toBeUndefined();
});
