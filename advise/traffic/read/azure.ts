import type { Faults } from './faults.ts';
import { rowsOf } from './rows.ts';
import type { SlotCounts } from './slot-counts.ts';

const minutes = 1440;

export function isAzureHead(head: readonly string[]): boolean {
  return head.includes('HashFunction') && head.includes('1440');
}

/**
 * Counts a day of the Azure Functions trace: a line for each function, a column for each minute. All functions are
 * added up, or only the one whose hash is given.
 */
export async function readAzure(
  path: string,
  { day, only }: { day: number; only: string | undefined },
  counts: SlotCounts,
  faults: Faults,
): Promise<void> {
  let head: string[] | undefined;
  for await (const { cells, line } of rowsOf(path)) {
    if (head === undefined) {
      head = cells;
      if (!isAzureHead(head)) throw new Error(`${path}, line ${line}: no header of the Azure Functions trace`);
      continue;
    }
    faults.line();
    const first = head.indexOf('1');
    const values = cells.slice(first, first + minutes).map((cell) => (/^\d+$/.test(cell) ? Number(cell) : Number.NaN));
    if (values.length < minutes || values.some(Number.isNaN)) {
      faults.wrong(path, line, `${minutes} whole numbers are expected from column ${first + 1} on`);
      continue;
    }
    if (only !== undefined && cells[head.indexOf('HashFunction')] !== only) continue;
    for (const [minute, value] of values.entries()) counts.add((day * minutes + minute) * 60, value);
  }
}
