import type { Summary } from '../../summary/index.ts';
import { partWords } from '../cold-start-words.ts';
import { duration, estimate, number } from '../format.ts';
import type { Table } from './table.ts';

/** What each cold start was spent on, a row for each part of each target; undefined when no platform tells parts. */
export function coldStartsTable({ targets }: Summary): Table | undefined {
  const rows = targets.flatMap(({ name, coldStart }) =>
    (coldStart?.parts ?? []).map((part) => [
      `${name}: ${part.name}`,
      partWords[part.name],
      estimate(part.median, duration),
      `${number(part.trials)} of ${number(coldStart?.succeeded ?? 0)}`,
    ]),
  );
  if (rows.length === 0) return undefined;
  return {
    title: 'Cold starts, part by part',
    caption:
      'Medians of the parts with their 95 % intervals, over the trials that tell it. Where the end of a part is not told, its time is in the part after it. Medians of parts do not add up to the median of the whole.',
    columns: ['Part', 'What happens', 'Median', 'Successful trials that tell it'],
    alike: true,
    rows,
  };
}
