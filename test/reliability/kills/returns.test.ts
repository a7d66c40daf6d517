import { expect, test } from 'vitest';
import { returnTimes } from './returns.ts';

test('how long it took until all was back is told by the middle and the most', () => {
  const kills = [1000, 300, 9000].map((took) => ({
    ...{ kind: 'replica' as const, target: 'serverless', at: 50, overAt: 60, backAt: 50 + took },
  }));
  expect(returnTimes(kills)).toEqual({ median: 1000, most: 9000 });
});
