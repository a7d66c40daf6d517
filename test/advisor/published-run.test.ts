import { expect, test } from 'vitest';
import { publishedLoads, standInP95 } from './published-run.ts';

test.each(publishedLoads)('$target, $pattern: p95 is within 15 % of $p95Ms ms, as was measured', (load) => {
  expect(Math.abs(standInP95(load) / load.p95Ms - 1)).toBeLessThan(0.15);
});
