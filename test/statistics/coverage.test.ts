import { expect, test } from 'vitest';
import { failureAlarms, quantileCoverage } from './coverage.ts';
import { machine } from './simulated.ts';

const shapes = [
  { name: 'latency blocks of the paper profile', blocks: 40, requests: 15, warmup: 3 },
  { name: 'a few long blocks', blocks: 12, requests: 80, warmup: 0 },
];

test.each(shapes)(
  'the interval over blocks holds the median where the one of independent samples fails ($name)',
  (shape) => {
    const { blocks, independent } = quantileCoverage(machine, shape, 0.5, 1000);
    expect(independent).toBeLessThan(85);
    expect(blocks).toBeGreaterThanOrEqual(93);
  },
);

test.each(shapes)('the interval over blocks holds the 95th percentile ($name)', (shape) => {
  expect(quantileCoverage(machine, shape, 0.95, 1000).blocks).toBeGreaterThanOrEqual(93);
});

test.each(shapes)(
  'failures in clusters are not claimed to be more than they are, as those of independent requests would be ($name)',
  (shape) => {
    const { blocks, independent } = failureAlarms(shape, 1000);
    expect(independent).toBeGreaterThan(5);
    expect(blocks).toBeLessThanOrEqual(2.5);
  },
);
