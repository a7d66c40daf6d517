import { beforeAll, describe, expect, test } from 'vitest';
import {
  bootstrapDifference,
  type Estimate,
  mean,
  meanEstimate,
  meanOverBlocks,
  pairedDifference,
  quantileEstimate,
  quantileOfBlocks,
  quantileOverBlocks,
  shareEstimate,
  unpairedChange,
} from '../../../bench/stats/index.ts';
import { levels, type Reference, readReference, sets, shares } from './reference.ts';

let reference: Reference;
beforeAll(() => {
  reference = readReference();
});

function expectEqual(ours: Estimate | undefined, theirs: Estimate | undefined): void {
  for (const key of ['value', 'low', 'high'] as const) {
    const expected = theirs?.[key] ?? null;
    if (expected === null) expect(Math.abs(ours?.[key] ?? 0)).toBe(Number.POSITIVE_INFINITY);
    else expect(ours?.[key]).toBeCloseTo(expected, 6);
  }
}

/** A ratio as what it is in percent, and as what it is beyond one. */
const map = ({ value, low, high }: Estimate, of: (ratio: number) => number): Estimate => ({
  value: of(value),
  low: of(low),
  high: of(high),
});

describe.each(sets.map((set, index) => ({ ...set, index })))('$name', ({ a, b, ragged, p, index }) => {
  const theirs = () => {
    const found = reference.sets[index];
    if (found === undefined) throw new Error(`SciPy's side says nothing of set ${index}`);
    return found;
  };
  const pairs = a.map((values, block) => [mean(values), mean(b[block] ?? [])] as const);

  test('the quantile is numpy.quantile’s, its interval that of scipy.stats.quantile_test', () => {
    expectEqual(quantileEstimate(a.flat(), p), theirs().quantile);
  });

  test.each([{ kind: 'of one size', blocks: a, at: 0 } as const, { kind: 'of many', blocks: ragged, at: 1 } as const])(
    'over blocks $kind the quantile has the ranks of quantile_test for Korn and Graubard’s size, the mean Cochran’s error',
    ({ blocks, at }) => {
      expectEqual(quantileOverBlocks(blocks, p), theirs().overBlocks[at].quantile);
      expectEqual(meanOverBlocks(blocks), theirs().overBlocks[at].mean);
    },
  );

  test('a change between runs has Welch’s interval of scipy.stats.ttest_ind, and Fieller’s of its ratio', () => {
    const change = unpairedChange(...theirs().scatters);
    expectEqual(change, theirs().welch);
    expectEqual(
      change.relative,
      map(theirs().unpairedRatio, (ratio) => ratio - 1),
    );
  });

  // At a higher level the ends are the outermost of 5000 draws of few blocks, and chance alone.
  test.each(levels.slice(0, 3).map((level, at) => ({ level, at })))(
    'the bootstrap interval is that of scipy.stats.bootstrap at a level of $level, up to chance',
    ({ level, at }) => {
      const ours = bootstrapDifference(quantileOfBlocks(a, p), quantileOfBlocks(b, p), { level });
      const { value, low, high, error } = theirs().bootstrap[at] ?? { value: 0, low: 0, high: 0, error: 0 };
      expect(ours.value).toBeCloseTo(value, 9);
      // Each end is a quantile of 5000 draws, so both are known to a fraction of the draws' own scatter.
      expect(Math.abs(ours.low - low)).toBeLessThan(0.4 * error);
      expect(Math.abs(ours.high - high)).toBeLessThan(0.4 * error);
    },
  );

  describe.each(levels.map((level, at) => ({ level, at })))('at a level of $level', ({ level, at }) => {
    test('the mean has the t interval of scipy.stats.t and sem', () => {
      expectEqual(meanEstimate(a.flat(), level), theirs().mean[at]);
    });

    test('the paired difference has the interval of scipy.stats.ttest_rel, and Fieller’s in percent', () => {
      const difference = pairedDifference(pairs, level);
      expectEqual(difference, theirs().paired[at]);
      expectEqual(
        difference.percent,
        map(theirs().pairedRatio[at] as Estimate, (ratio) => 100 * (ratio - 1)),
      );
    });
  });
});

test.each(shares.map((share, index) => ({ share, index })))(
  'the share $share has the exact interval of scipy.stats.binomtest',
  ({ share: [count, trials], index }) => {
    expectEqual(shareEstimate(count, trials), reference.shares[index]);
  },
);
