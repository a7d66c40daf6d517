import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { estimateCost, type Prices, readPrices, writePrices } from '../cost/index.ts';
import { readRun, replaceFile } from '../record/index.ts';
import { type Summary, summarise } from '../summary/index.ts';
import { burstTable } from './burst.ts';
import { capacityTable } from './capacity.ts';
import { drawFigures } from './figures/index.ts';
import { renderMarkdown } from './markdown.ts';
import { renderPage } from './page.ts';
import {
  answersTable,
  aspectsTable,
  costTable,
  performanceTable,
  resourcesTable,
  settingsTable,
} from './tables/index.ts';
import { judge, type Verdict } from './verdict/index.ts';

/** A report that has been written. */
export interface Report {
  /** Path of report.html. */
  page: string;
  summary: Summary;
  verdict: Verdict;
}

/** Beside the raw data when a report was made with other prices than those that come with the project. */
const pricesFile = 'prices.yaml';

/**
 * Makes summary.json, report.md and report.html of a run folder from its raw data alone, in place of earlier ones.
 * Prices that are given are kept in the folder, and the next report takes them when none are given.
 *
 * @throws Error that says what is wrong when it is not a run folder or its data is not valid.
 */
export async function writeReport(folder: string, given?: Prices): Promise<Report> {
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
    capacity: capacityTable(summary),
    burst: burstTable(summary),
    aspects: aspectsTable(summary, manifest),
    resources: resourcesTable(summary),
    cost: cost && costTable(cost),
    answers: answersTable(summary),
    settings: settingsTable(manifest, summary),
  };
  const present = Object.values(tables).filter((table) => table !== undefined);
  const page = await renderPage({ manifest, verdict, tables, figures: drawFigures(summary, run, cost) });
  await replaceFile(join(folder, 'summary.json'), `${JSON.stringify({ verdict, ...summary, cost }, null, 2)}\n`);
  await replaceFile(join(folder, 'report.md'), renderMarkdown(manifest, verdict, present));
  await replaceFile(join(folder, 'report.html'), page);
  return { page: join(folder, 'report.html'), summary, verdict };
}
