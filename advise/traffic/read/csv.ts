import { readTime } from '../../../bench/index.ts';
import type { Faults } from './faults.ts';
import { rowsOf } from './rows.ts';
import type { SlotCounts } from './slot-counts.ts';
import type { Times } from './times.ts';

/** Columns with counts, and how long what they count lasts, in seconds. */
export const countColumns = { requests: 1, requests_per_minute: 60 } as const;

/** The column with counts that a header names; undefined where each line is a request. */
export function countColumn(head: readonly string[]): keyof typeof countColumns | undefined {
  return (Object.keys(countColumns) as (keyof typeof countColumns)[]).find((name) => head.includes(name));
}

/** Reads lines of a time each, and of how many requests came then where a column says so. */
export async function readCsv(path: string, into: SlotCounts | Times, faults: Faults): Promise<void> {
  let head: string[] | undefined;
  for await (const { cells, line } of rowsOf(path)) {
    if (head === undefined) {
      head = cells;
      continue;
    }
    faults.line();
    const column = countColumn(head);
    const at = readTime(cells[head.indexOf('time')] ?? '');
    const count = column === undefined ? '1' : (cells[head.indexOf(column)] ?? '');
    if (at === undefined) faults.wrong(path, line, `"${cells[head.indexOf('time')] ?? ''}" is no time`);
    else if (!/^\d+$/.test(count)) faults.wrong(path, line, `"${count}" is no count of requests`);
    else into.add(at / 1000, Number(count));
  }
}
