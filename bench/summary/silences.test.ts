import { expect, test } from 'vitest';
import { makeSample } from '../../test/double/run.ts';
import { silences } from './silences.ts';

/** One request each second, answered with that status. */
const burst = (statuses: readonly number[]) =>
  statuses.map((status, second) => makeSample({ scenario: 'burst', intended: 1000 * second, status }));
const of = (statuses: readonly number[], scenarios = ['capacity', 'burst']) =>
  silences(burst(statuses).toReversed(), scenarios).map(({ scenario, attempts }) => [scenario, attempts]);

test('the requests after the last that succeeded are counted', () => {
  expect(of([500, 200, 500, 200, ...Array(12).fill(500)])).toEqual([['burst', 12]]);
});

test('all are counted where none succeeded', () => {
  expect(of(Array(15).fill(500))).toEqual([['burst', 15]]);
});

test('a few at the end are none', () => {
  expect(of([200, ...Array(9).fill(500)])).toEqual([]);
});

test('those before a success are none', () => {
  expect(of([...Array(40).fill(500), 200])).toEqual([]);
});

test('tell how long they lasted', () => {
  expect(silences(burst([200, ...Array(12).fill(500)]), ['burst'])[0]?.lastedMs).toBe(11_005);
});

test('other scenarios are left out', () => {
  expect(of(Array(15).fill(500), ['capacity'])).toEqual([]);
});
