import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse';
import { openText } from './open.ts';

export interface Row {
  cells: string[];
  /** The number of its last line. */
  line: number;
}

/** The rows of a CSV file that hold anything, as they are read. @throws Error that names the file. */
export async function* rowsOf(path: string): AsyncGenerator<Row> {
  const options = {
    bom: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    info: true,
  };
  const text = await openText(path);
  const parser = parse(options);
  text.once('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of text.pipe(parser) as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>)
      yield { cells: record, line: info.lines };
  } catch (error) {
    const line = error instanceof CsvError ? `, line ${String(error['lines'])}` : '';
    throw new Error(`${basename(path)}${line}: ${error instanceof Error ? error.message : error}`, { cause: error });
  } finally {
    text.destroy();
  }
}
