import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { type RunRecord, readRun } from '../record/index.ts';
import { judge } from '../report/index.ts';
import { type Summary, summarise } from '../summary/index.ts';

/** A run as a comparison sees it. */
export interface ComparedRun {
  /** What it is called here: unlike that of any other. */
  label: string;
  folder: string;
  record: RunRecord;
  summary: Summary;
  /** What stands against its own verdict, and what is to be known of its figures. */
  doubts: readonly string[];
  cautions: readonly string[];
}

/**
 * Reads run folders, the first of which is what the others are compared with.
 *
 * @throws Error that names the folder when it is no run folder, is not valid or is given twice.
 */
export async function readRuns(folders: readonly string[]): Promise<ComparedRun[]> {
  const runs: Omit<ComparedRun, 'label'>[] = [];
  for (const given of folders) {
    const folder = await realpath(given).catch(() => given);
    if (runs.some((run) => run.folder === folder)) throw new Error(`${given} is given twice; give runs that differ`);
    const record = await readRun(folder);
    const summary = summarise(record);
    const { doubts, cautions } = judge(summary, record.manifest.status);
    runs.push({ folder, record, summary, doubts, cautions });
  }
  const labels = shortestLabels(runs);
  return runs.map((run, index) => ({ ...run, label: labels[index] ?? run.folder }));
}

/** The runs' names if each has its own, else their folders' names, else the folders. */
function shortestLabels(runs: readonly Omit<ComparedRun, 'label'>[]): string[] {
  const choices = [
    runs.map(({ record }) => record.manifest.name),
    runs.map(({ folder }) => basename(folder)),
    runs.map(({ folder }) => folder),
  ];
  return choices.find((labels) => new Set(labels).size === runs.length) ?? [];
}
