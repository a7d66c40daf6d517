import type { Table } from '../report/index.ts';
import type { CheckResult } from './judge.ts';

/** Check results for a page or for Markdown; without a column for the run where there is only one. */
export function checksTable(results: readonly CheckResult[]): Table {
  const many = results.some(({ run }) => run !== undefined);
  return {
    title: 'Checks',
    caption:
      'A check fails by the figure itself, unless it says beyond noise: then by its whole interval. What was not measured is an error.',
    columns: ['Fails if', 'Target', ...(many ? ['Run'] : []), 'Outcome', 'Measured'],
    rows: results.map(({ check, target, run, outcome, message }) => [
      check,
      target,
      ...(many ? [run ?? '–'] : []),
      outcome,
      message,
    ]),
  };
}
