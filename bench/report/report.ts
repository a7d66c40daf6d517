import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { estimateCost, type Prices, readPrices, writePrices } from '../cost/index.ts';
import { readRun, replaceFile } from '../record/index.ts';
import { type Summary, summarise } from '../summary/index.ts';
import { baseBurstTable, basePatternTable } from './base-burst.ts';
import { burstTable } from './burst.ts';
import { capacityTable } from './capacity.ts';
import { drawFigures } from './figures/index.ts';
import { renderMarkdown } from './markdown.ts';
import { renderPage } from './page.ts';
import {
  answersTable,
  aspectsTable,
  coldStartsTable,
  comparisonsTable,
  costTable,
  performanceTable,
  platformsTable,
  resourcesTable,
  settingsTable,
  type Table,
} from './tables/index.ts';
import { judge, type Verdict } from './verdict/index.ts';

/** A report that has been written. */
export interface Report {
  /** Path of report.html. */
  page: string;
  summary: Summary;
  verdict: Verdict;
}

/** What a report is made with beside the run folder. */
export interface ReportOptions {
  /** Kept in the folder, and taken by the next report when none are given. */
  prices?: Prices | undefined;
  /** What became of the checks that the run was held to; shown, not kept. */
  checks?: ((summary: Summary) => Table) | undefined;
}

/** Beside the raw data when a report was made with other prices than those that come with the project. */
const pricesFile = 'prices.yaml';

/**
 * Makes summary.json, report.md and report.html of a run folder from its raw data alone, in place of earlier ones.
 *
 * @throws Error that says what is wrong when it is not a run folder or its data is not valid.
 */
export async function writeReport(folder: string, { prices: given, checks }: ReportOptions = {}): Promise<Report> {
  const run = await readRun(folder);
  const { manifest } = run;
  if (given !== undefined) await replaceFile(join(folder, pricesFile), writePrices(given));
  const kept = join(folder, pricesFile);
  const prices = given ?? (existsSync(kept) ? readPrices(kept) : readPrices());
  const summary = summarise(run);
  const cost = estimateCost(summary, prices);
  const verdict = judge(summary, manifest.status);
  const tables = {
    performance: performanceTable(summary, manifest),
    checks: checks?.(summary),
    comparisons: comparisonsTable(summary),
    capacity: capacityTable(summary),
    burst: burstTable(summary),
    baseBurst: baseBurstTable(summary),
    basePattern: basePatternTable(summary, cost),
    coldStarts: coldStartsTable(summary),
    aspects: aspectsTable(summary, manifest),
    resources: resourcesTable(summary),
    platforms: platformsTable(summary),
    cost: cost && costTable(cost),
    answers: answersTable(summary),
    settings: settingsTable(manifest, summary),
  };
  const { performance, checks: checked, ...others } = tables;
  const present = (list: readonly (Table | undefined)[]): Table[] => list.filter((table) => table !== undefined);
  const markdown = { open: present([performance, checked]), folded: present(Object.values(others)) };
  const page = await renderPage({ manifest, verdict, tables, figures: drawFigures(summary, run, cost) });
  await replaceFile(join(folder, 'summary.json'), `${JSON.stringify({ verdict, ...summary, cost }, null, 2)}\n`);
  await replaceFile(join(folder, 'report.md'), renderMarkdown(manifest, verdict, markdown));
  await replaceFile(join(folder, 'report.html'), page);
  return { page: join(folder, 'report.html'), summary, verdict };
}
