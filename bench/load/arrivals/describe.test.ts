import { expect, test } from 'vitest';
import type { Arrivals } from './arrivals.ts';
import { describeArrivals } from './describe.ts';

test.each<[Arrivals, string]>([
  [{ kind: 'constant', rate: 20, seconds: 13 }, '20 requests a second for 13 s'],
  [{ kind: 'poisson', rate: 20, seconds: 13, seed: 1 }, '20 requests a second for 13 s, at random'],
  [
    { kind: 'burst', rate: 5, factor: 4, beforeSeconds: 30, burstSeconds: 10, afterSeconds: 60 },
    '5 requests a second for 30 s, 20 for 10 s, 5 for 60 s',
  ],
  [
    {
      kind: 'step',
      steps: [
        { rate: 3, seconds: 10 },
        { rate: 0, seconds: 5 },
      ],
    },
    'up to 3 requests a second, changing over 15 s',
  ],
  [{ kind: 'recorded', times: [0, 500, 2500] }, '3 requests as recorded over 2.5 s'],
])('%j', (arrivals, text) => {
  expect(describeArrivals(arrivals)).toBe(text);
});
