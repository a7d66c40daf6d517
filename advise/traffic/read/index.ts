import { basename } from 'node:path';
import type { Traffic } from '../traffic.ts';
import { accessTime, readAccessLog } from './access-log.ts';
import { isAzureHead, readAzure } from './azure.ts';
import { countColumn, countColumns, readCsv } from './csv.ts';
import { type FaultReport, Faults } from './faults.ts';
import { firstLines } from './open.ts';
import { SlotCounts } from './slot-counts.ts';
import { Times } from './times.ts';

export interface ReadOptions {
  /** The share of lines that may be passed over. */
  mostFaults: number;
  /** The one function of an Azure trace, by its hash; all of them without it. */
  azureFunction?: string | undefined;
}

export interface ReadTraffic {
  traffic: Traffic;
  faults: FaultReport;
}

/**
 * Reads recorded traffic. All files are of one kind: CSV with a column `time` (and `requests`, of a second, or
 * `requests_per_minute`), access logs in Common or Combined format, or days of the Azure Functions trace, in their
 * order. Any may be gzip. They are read as they come, whatever their size.
 *
 * @throws Error that names the file and the line when what they hold is not that, or too much of it.
 */
export async function readTraffic(paths: readonly string[], options: ReadOptions): Promise<ReadTraffic> {
  const faults = new Faults(options.mostFaults);
  const source = paths.map((path) => basename(path)).join(', ');
  const kinds = await Promise.all(paths.map(async (path) => kindOf(await firstLines(path, looked), path)));
  const [kind] = kinds;
  if (kind === undefined) throw new Error('no file of traffic is given');
  const other = kinds.findIndex((each) => each !== kind);
  if (other >= 0) throw new Error(`${paths[other]} is not of the kind of ${paths[0]}: ${kinds[other]} is not ${kind}`);
  const into = kind === 'times' ? new Times() : new SlotCounts(slotSecondsOf(kind));
  for (const [day, path] of paths.entries()) {
    if (into instanceof Times) await readCsv(path, into, faults);
    else if (kind === 'access log') await readAccessLog(path, into, faults);
    else if (kind === 'Azure trace') await readAzure(path, { day, only: options.azureFunction }, into, faults);
    else await readCsv(path, into, faults);
  }
  const report = faults.end();
  return { traffic: into.traffic(source), faults: report };
}

/** Lines by which a log is known: any of them may be malformed. */
const looked = 20;

type Kind = 'times' | 'access log' | 'Azure trace' | keyof typeof countColumns;

function slotSecondsOf(kind: Exclude<Kind, 'times'>): number {
  if (kind === 'Azure trace') return 60;
  return kind === 'access log' ? 1 : countColumns[kind];
}

function kindOf(lines: readonly string[], path: string): Kind {
  const head = (lines[0] ?? '').split(',').map((cell) => cell.trim().replaceAll('"', ''));
  if (isAzureHead(head)) return 'Azure trace';
  if (head.includes('time')) return countColumn(head) ?? 'times';
  if (lines.some((line) => accessTime(line) !== undefined)) return 'access log';
  throw new Error(
    `${path}: it begins neither with a CSV header that has a column "time", nor with that of the Azure Functions trace, nor with lines of an access log (Common or Combined)`,
  );
}
