import { expect, test } from 'vitest';
import { type Estimate, quantile, quantileEstimate, quantileOverBlocks, seeded } from '../../bench/stats/index.ts';
import { interleaved, machine, start } from './simulated.ts';

const trials = 400;
const shapes = [
  { name: 'latency blocks of the paper profile', blocks: 40, requests: 15, warmup: 3 },
  { name: 'a few long blocks', blocks: 12, requests: 80, warmup: 0 },
];

/** In how many of 100 trials each interval of a quantile held the truth, on a machine that drifts. */
function coverage(shape: (typeof shapes)[number], p: number): Record<'blocks' | 'independent', number> {
  const random = seeded(2);
  const serve = start(machine, random);
  const truth = quantile(Float64Array.from({ length: 500_000 }, () => serve()).sort() as never, p);
  const held = { blocks: 0, independent: 0 };
  const holds = ({ low, high }: Estimate): number => (low <= truth && truth <= high ? 100 / trials : 0);
  for (let trial = 0; trial < trials; trial += 1) {
    const [times = []] = interleaved(start(machine, random), { ...shape, slowness: [1, 1] }, random);
    held.blocks += holds(quantileOverBlocks(times, p));
    held.independent += holds(quantileEstimate(times.flat(), p));
  }
  return held;
}

test.each(shapes)(
  'the interval over blocks holds the median where the one of independent samples fails ($name)',
  (shape) => {
    const { blocks, independent } = coverage(shape, 0.5);
    expect(independent).toBeLessThan(85);
    expect(blocks).toBeGreaterThanOrEqual(93);
  },
);

test.each(shapes)('the interval over blocks holds the 95th percentile ($name)', (shape) => {
  expect(coverage(shape, 0.95).blocks).toBeGreaterThanOrEqual(93);
});
