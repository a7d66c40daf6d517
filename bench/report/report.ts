import { join } from 'node:path';
import { readRun, replaceFile } from '../record/index.ts';
import { type Summary, summarise } from '../summary/index.ts';
import { burstTable } from './burst.ts';
import { capacityTable } from './capacity.ts';
import { drawFigures } from './figures/index.ts';
import { renderMarkdown } from './markdown.ts';
import { renderPage } from './page.ts';
import { settingsTable } from './settings-table.ts';
import { answersTable, aspectsTable, performanceTable } from './tables.ts';
import { judge, type Verdict } from './verdict/index.ts';

/** A report that has been written. */
export interface Report {
  /** Path of report.html. */
  page: string;
  summary: Summary;
  verdict: Verdict;
}

/**
 * Makes summary.json, report.md and report.html of a run folder from its raw data alone, in place of earlier ones.
 *
 * @throws Error that says what is wrong when it is not a run folder or its data is not valid.
 */
export async function writeReport(folder: string): Promise<Report> {
  const run = await readRun(folder);
  const { manifest } = run;
  const summary = summarise(run);
  const verdict = judge(summary, manifest.status);
  const tables = {
    performance: performanceTable(summary, manifest),
    capacity: capacityTable(summary),
    burst: burstTable(summary),
    aspects: aspectsTable(summary, manifest),
    answers: answersTable(summary),
    settings: settingsTable(manifest, summary),
  };
  const present = Object.values(tables).filter((table) => table !== undefined);
  const page = await renderPage({ manifest, verdict, tables, figures: drawFigures(summary, run) });
  await replaceFile(join(folder, 'summary.json'), `${JSON.stringify({ verdict, ...summary }, null, 2)}\n`);
  await replaceFile(join(folder, 'report.md'), renderMarkdown(manifest, verdict, present));
  await replaceFile(join(folder, 'report.html'), page);
  return { page: join(folder, 'report.html'), summary, verdict };
}
