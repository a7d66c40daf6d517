import { expect, test } from 'vitest';
import { makeSample } from '../../test/double/run.ts';
import type { Sample } from '../load/index.ts';
import { keepsObjective, tally } from './tally.ts';

const objective = { quantile: 0.95, latencyMs: 200, errorShare: 0.02 };
const keeps = (samples: Sample[]): boolean => keepsObjective(tally(samples, objective), objective);
const took = (ms: number, count: number, status = 200): Sample[] =>
  Array.from({ length: count }, () => makeSample({ intended: 1000, sent: 1100, answered: 1000 + ms, status }));

test('a request is good when it succeeded in less than the limit, counted from the intended time', () => {
  expect(tally([...took(199, 3), ...took(200, 2), ...took(5, 1, 503)], objective)).toEqual({
    attempts: 6,
    good: 3,
    late: 2,
    failed: 1,
  });
});

test('is kept with exactly the share of good requests that it asks for', () => {
  expect(keeps([...took(10, 95), ...took(300, 5)])).toBe(true);
  expect(keeps([...took(10, 94), ...took(300, 6)])).toBe(false);
});

test('is broken by failures alone', () => {
  expect(keeps([...took(10, 99), ...took(10, 1, 500)])).toBe(true);
  expect(keeps([...took(10, 98), ...took(10, 2, 500)])).toBe(false);
});

test('counts a failure as a request that was not answered in time', () => {
  expect(keeps([...took(10, 94), ...took(300, 5), ...took(10, 1, 500)])).toBe(false);
});

test('no request keeps nothing', () => {
  expect(keeps([])).toBe(false);
});
