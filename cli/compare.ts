import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import {
  checksTable,
  compareRuns,
  comparisonJson,
  comparisonMarkdown,
  comparisonPage,
  comparisonText,
  judgeComparison,
  readRuns,
  replaceFile,
} from '../bench/index.ts';
import { type CheckFlags, refuseLoneJunit, tellResults } from './checks.ts';

interface CompareFlags extends CheckFlags {
  format: 'text' | 'md' | 'json';
  out?: string;
}

/** `faceoff compare A B …`: run folders side by side, all against the first. */
export async function compare(first: string, others: readonly string[], flags: CompareFlags): Promise<void> {
  refuseLoneJunit(flags);
  const comparison = compareRuns(await readRuns([first, ...others]));
  const results = judgeComparison(flags.failIf, comparison);
  const tables = results.length === 0 ? [] : [checksTable(results)];
  if (flags.out !== undefined) {
    const page = resolve(flags.out);
    await mkdir(dirname(page), { recursive: true });
    await replaceFile(page, await comparisonPage(comparison, tables));
  }
  const print = {
    text: () => `${comparisonText(comparison)}\n`,
    md: () => comparisonMarkdown(comparison, tables),
    json: () => comparisonJson(comparison, { checks: results }),
  }[flags.format];
  process.stdout.write(print());
  await tellResults(results, flags, comparison.runs.map(({ label }) => label).join(' and '));
  // What is printed for programs is theirs alone.
  if (flags.out !== undefined) (flags.format === 'text' ? console.log : console.error)(`\nPage: ${resolve(flags.out)}`);
}
