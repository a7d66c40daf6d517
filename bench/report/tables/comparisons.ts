import type { Comparison, Summary } from '../../summary/index.ts';
import { baseAlone } from '../base-alone.ts';
import { duration, estimate, number, perSecond, share } from '../format.ts';
import { allInFull } from '../verdict/index.ts';
import { none, type Table } from './table.ts';

/** Every two targets in every figure; undefined where the verdict tells all of them. */
export function comparisonsTable({ comparisons, targets }: Summary): Table | undefined {
  if (allInFull(comparisons)) return undefined;
  return {
    title: 'Every comparison',
    caption: `Differences of the first from the second of two targets, over pairs of blocks that ran side by side. The 95 % intervals hold all together; one that holds zero shows no difference.${baseAlone(targets)}`,
    columns: ['Targets', 'Figure', 'Difference', 'In percent of the second', 'Shown', 'Pairs of blocks'],
    alike: true,
    rows: comparisons.map(row),
  };
}

function row({ figure, unit, a, b, pairs, difference }: Comparison): string[] {
  const { percent, higher } = difference;
  const ofOne = (value: number): number => value / 100;
  return [
    `${a} and ${b}`,
    figure,
    estimate(difference, unit === 'ms' ? duration : perSecond),
    percent === undefined
      ? none
      : estimate({ value: ofOne(percent.value), low: ofOne(percent.low), high: ofOne(percent.high) }, share),
    higher === 'none shown' ? 'no difference' : `${higher === 'a' ? a : b} is higher`,
    number(pairs),
  ];
}
