import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import type { Arrivals } from './arrivals.ts';

/**
 * Reads arrivals as they were recorded, from a CSV file whose first line names its columns. `time` is an ISO 8601 time
 * (UTC when it names no zone) or a number of seconds. With a column `requests`, each line is a second and how many
 * requests came in it, which are spread evenly; seconds without a line had none. Without it, each line is a request, in
 * any order. Other columns are passed over.
 *
 * @throws Error that names the file and the line that is wrong, and says what is expected there.
 */
export function readRecorded(path: string): Arrivals {
  const text = readText(path);
  try {
    return parseRecorded(text);
  } catch (error) {
    throw new Error(`${path}, ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws Error that begins with the number of the line that is wrong. */
export function parseRecorded(text: string): Arrivals {
  const [first, ...rows] = readRows(text);
  const head = first?.cells ?? [];
  const time = head.indexOf('time');
  const requests = head.indexOf('requests');
  if (time < 0) throw new Error('line 1: a header with a column "time" is expected');
  const lines = rows.map(({ cells, line }) => {
    if (cells.length !== head.length)
      throw new Error(`line ${line}: ${head.length} columns are expected, not ${cells.length}`);
    const count = requests < 0 ? 1 : parseCount(cells[requests] ?? '', line);
    return { line, at: parseTime(cells[time] ?? '', line), count };
  });
  if (lines.length === 0) throw new Error('line 2: at least one time is expected');
  return requests < 0 ? singly(lines) : bySecond(lines);
}

interface Line {
  line: number;
  /** Milliseconds. */
  at: number;
  count: number;
}

function singly(lines: readonly Line[]): Arrivals {
  const times = lines.map(({ at }) => at).sort((a, b) => a - b);
  const first = times[0] ?? 0;
  return { kind: 'recorded', times: times.map((at) => at - first) };
}

function bySecond(lines: readonly Line[]): Arrivals {
  let end = lines[0]?.at ?? 0;
  const steps = lines.flatMap(({ line, at, count }) => {
    const pause = (at - end) / 1000;
    // A second that begins at a fraction may end a rounding error later.
    if (pause < -1e-6) throw new Error(`line ${line}: a time at least a second after the one before is expected`);
    end = at + 1000;
    return [...(pause > 0 ? [{ rate: 0, seconds: pause }] : []), { rate: count, seconds: 1 }];
  });
  if (steps.every(({ rate }) => rate === 0)) throw new Error('line 2: at least one request is expected');
  return { kind: 'step', steps };
}

/** The rows that hold anything, each with the number of its (last) line. */
function readRows(text: string): { cells: string[]; line: number }[] {
  const options = { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true, info: true } as const;
  try {
    const rows = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (error instanceof CsvError)
      throw new Error(`line ${String(error['lines'])}: ${error.message}`, { cause: error });
    throw error;
  }
}

function parseTime(text: string, line: number): number {
  const at = readTime(text);
  if (at !== undefined) return at;
  throw new Error(`line ${line}: "${text}" is no time: 2026-01-31T12:00:00.25Z or a number of seconds is expected`);
}

/** Milliseconds of an ISO 8601 time (UTC when it names no zone) or of a number of seconds; undefined for other texts. */
export function readTime(text: string): number | undefined {
  const seconds = text === '' ? Number.NaN : Number(text);
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  const at = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(zoned.replace(' ', 'T'));
  return Number.isFinite(at) ? at : undefined;
}

function parseCount(text: string, line: number): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`line ${line}: "${text}" is no count of requests: a whole number from 0 is expected`);
}
