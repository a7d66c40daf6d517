/** A table for either form of the report. The first column names the row. */
export interface Table {
  title: string;
  caption: string;
  columns: string[];
  rows: string[][];
  /** Rows are of one kind, so that each column can be sorted; else the first alone. */
  alike?: boolean;
}

/** In a cell that has nothing to say. */
export const none = '–';
