import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  bootstrapDifference,
  type Estimate,
  mean,
  meanEstimate,
  pairedDifference,
  quantileEstimate,
  quantileOfBlocks,
  seeded,
} from '../../../bench/stats/index.ts';
import { interleaved, machine, start } from '../simulated.ts';

/** Seeded data sets, from few and short blocks to many and long ones. */
const sets = [
  { blocks: 6, requests: 5, p: 0.5 },
  { blocks: 10, requests: 15, p: 0.5 },
  { blocks: 10, requests: 15, p: 0.95 },
  { blocks: 40, requests: 15, p: 0.95 },
  { blocks: 12, requests: 80, p: 0.99 },
].map(({ p, ...size }, index) => {
  const random = seeded(index);
  const [a = [], b = []] = interleaved(start(machine, random), { ...size, slowness: [1.05, 1], warmup: 3 }, random);
  return { name: `${size.blocks} blocks of ${size.requests}, p = ${p}`, a, b, p };
});

interface Reference {
  mean: Estimate;
  quantile: Estimate;
  paired: Estimate;
  bootstrap: Estimate & { error: number };
}

let references: Reference[];
beforeAll(() => {
  const python = process.env['SCIPY_PYTHON'];
  if (python === undefined) throw new Error('SCIPY_PYTHON names no Python: run npm run test:scipy');
  const script = fileURLToPath(new URL('reference.py', import.meta.url));
  const { stdout, stderr, status } = spawnSync(python, [script], { input: JSON.stringify(sets), encoding: 'utf8' });
  if (status !== 0) throw new Error(`SciPy's side failed: ${stderr}`);
  // Python writes NaN where SciPy knows no bound.
  references = JSON.parse(stdout.replaceAll('NaN', 'null'));
});

function expectEqual(ours: Estimate, theirs: Estimate | undefined): void {
  for (const key of ['value', 'low', 'high'] as const) {
    const expected = theirs?.[key] ?? null;
    if (expected === null) expect(Math.abs(ours[key])).toBe(Number.POSITIVE_INFINITY);
    else expect(ours[key]).toBeCloseTo(expected, 6);
  }
}

describe.each(sets.map((set, index) => ({ ...set, index })))('$name', ({ a, b, p, index }) => {
  test('the mean has the t interval of scipy.stats.t and sem', () => {
    expectEqual(meanEstimate(a.flat()), references[index]?.mean);
  });

  test('the quantile is numpy.quantile’s, its interval that of scipy.stats.quantile_test', () => {
    expectEqual(quantileEstimate(a.flat(), p), references[index]?.quantile);
  });

  test('the paired difference has the interval of scipy.stats.ttest_rel', () => {
    const pairs = a.map((values, block) => [mean(values), mean(b[block] ?? [])] as const);
    expectEqual(pairedDifference(pairs), references[index]?.paired);
  });

  test('the bootstrap interval is that of scipy.stats.bootstrap, up to chance', () => {
    const ours = bootstrapDifference(quantileOfBlocks(a, p), quantileOfBlocks(b, p));
    const theirs = references[index]?.bootstrap ?? { value: Number.NaN, low: Number.NaN, high: Number.NaN, error: 0 };
    expect(ours.value).toBeCloseTo(theirs.value, 9);
    // Each end is a quantile of 5000 draws, so both are known to a fraction of the draws' own scatter.
    expect(Math.abs(ours.low - theirs.low)).toBeLessThan(0.4 * theirs.error);
    expect(Math.abs(ours.high - theirs.high)).toBeLessThan(0.4 * theirs.error);
  });
});
