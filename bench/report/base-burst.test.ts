import { expect, test } from 'vitest';
import type { CostFigures } from '../cost/index.ts';
import type { BaseBurstFigures } from '../summary/index.ts';
import { baseBurstTable, basePatternTable, describeBaseBurst } from './base-burst.ts';

const about = (value: number) => ({ value, low: value, high: value });
const phase = { attempts: 100, good: 85, late: 10, failed: 5, servedBy: {} };

function burst(changes: Partial<BaseBurstFigures> = {}): BaseBurstFigures {
  return {
    ...{ perSecond: 3, factor: 4, trials: 1, meanRate: 7.5, meanReplicas: 1.5, served: [], replicas: [] },
    phases: [{ phase: 'burst', ...phase, median: about(500), p99: about(4300) }],
    ...changes,
  };
}

const told = (changes: Partial<BaseBurstFigures>) => describeBaseBurst({ name: 'a', baseBurst: burst(changes) });
const firstWaits = { requests: 16, median: about(8400), greatest: 9970 };

test('a burst without overflow is told by what was answered, late and failed', () => {
  expect(told({})).toBe('a: in the burst p99 of the answered 4.3 s, 15 % late or failed.');
});

test('a burst that nothing answered has no percentile', () => {
  expect(told({ phases: [{ phase: 'burst', ...phase }] })).toBe(
    'a: in the burst nothing was answered, 15 % late or failed.',
  );
});

test('what overflowed is told with what it waited, and with what gave up', () => {
  const overflow = { requests: 254, firstAnswerSeconds: [10.1], firstWaits, gaveUp: { requests: 49, least: 9999 } };
  expect(told({ overflow })).toContain(
    ' 254 requests overflowed; the function gave its first answer 10.1 s into the burst, for which 16 requests waited up to 9.97 s and 49 requests gave up after 10 s or more.',
  );
});

test('a function that was awake let nothing wait', () => {
  const overflow = { requests: 1, firstAnswerSeconds: [0.4] };
  expect(told({ overflow })).toMatch(
    / 1 request overflowed; the function gave its first answer 400 ms into the burst\.$/,
  );
});

test('a function that never answered is told', () => {
  const overflow = { requests: 0, firstAnswerSeconds: [], gaveUp: { requests: 1, least: 10_000 } };
  expect(told({ overflow })).toMatch(/ The function answered nothing: 1 request gave up after 10 s or more\.$/);
});

test('the table of phases says that its percentiles leave out what failed', () => {
  const targets = [{ name: 'a', baseBurst: burst() }] as never;
  const table = baseBurstTable({ targets, comparisons: [], client: [], lateness: [], notes: [] });
  expect(table?.columns.slice(2, 4)).toEqual(['Median of the answered', '99th percentile of the answered']);
  expect(table?.caption).toContain('are of the answered alone');
  expect(table?.rows).toEqual([['a, burst', '100', '500 ms (500 to 500)', '4.3 s (4.3 to 4.3)', '10 %', '5 %', '–']]);
});

/** The row of the one target in the table of a day. */
function day(changes: Partial<BaseBurstFigures>, more = {}, cost?: CostFigures): string[] | undefined {
  const targets = [{ name: 'a', baseBurst: burst(changes), ...more }] as never;
  return basePatternTable({ targets, comparisons: [], client: [], lateness: [], notes: [] }, cost)?.rows[0];
}

test('the table of a day has the mean of replicas and what they cost', () => {
  const cost = { prices: { currency: 'USD' }, basePattern: [{ name: 'a', perDay: 1.234 }] } as CostFigures;
  expect(day({}, { throughput: {} }, cost)?.slice(1, 3)).toEqual(['1.5', '1.23 USD']);
});

test('a day whose money is not known says which scenario would tell it', () => {
  expect(day({})?.[2]).toBe('– (needs the scenario throughput)');
  expect(day({}, { throughput: {} })?.[2]).toBe('–');
});

test('the table of a day says when the function woke, what waited for it, and what gave up', () => {
  const overflow = { requests: 254, firstAnswerSeconds: [10.1], firstWaits, gaveUp: { requests: 49, least: 9999 } };
  expect(day({ overflow })?.slice(3)).toEqual([
    '10.1 s into the burst',
    '16 requests, 8.4 s at the median, 9.97 s at most; 49 gave up after 10 s or more',
  ]);
  expect(day({})?.slice(3)).toEqual(['–', '–']);
});
