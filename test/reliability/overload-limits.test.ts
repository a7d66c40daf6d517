import { expect, test } from 'vitest';
import { judgeOverload, type OverloadFigures } from './overload-limits.ts';

const good: OverloadFigures = {
  ...{ capacity: 50, goodput: 46, refusalP99: 60, recoveryMs: 1300, others: {}, grown: 100e6 },
};
const missed = (change: Partial<OverloadFigures>) =>
  judgeOverload({ ...good, ...change })
    .filter(({ met }) => !met)
    .map(({ line }) => line);

test('each limit that is kept is said to be met', () => {
  expect(judgeOverload(good).map(({ line }) => line)).toEqual([
    'goodput at least 90 % of the capacity: 92.0 %, met',
    'p99 of the 503s at most 200 ms: 60.0 ms, met',
    'a lone request is answered within 2000 ms: 1300 ms, met',
    'nothing but 200 and 503: nothing, met',
    'at most 500 MB more than when ready: 100 MB, met',
  ]);
});

test.each<[string, Partial<OverloadFigures>, string]>([
  ['too few answers', { goodput: 42.5 }, 'goodput at least 90 % of the capacity: 85.0 %, MISSED'],
  ['slow refusals', { refusalP99: 250 }, 'p99 of the 503s at most 200 ms: 250.0 ms, MISSED'],
  ['no refusal at all', { refusalP99: Number.NaN }, 'p99 of the 503s at most 200 ms: NaN ms, MISSED'],
  ['a slow recovery', { recoveryMs: 2100 }, 'a lone request is answered within 2000 ms: 2100 ms, MISSED'],
  ['other answers', { others: { 500: 2, timeout: 1 } }, 'nothing but 200 and 503: 500 × 2, timeout × 1, MISSED'],
  ['too much memory', { grown: 600e6 }, 'at most 500 MB more than when ready: 600 MB, MISSED'],
])('%s miss one limit alone', (_, change, line) => {
  expect(missed(change)).toEqual([line]);
});
