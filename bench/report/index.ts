export { renderDocument, renderFigure, renderTable, renderVerdict } from './document.ts';
export { draw, type Figure } from './figures/index.ts';
export { duration, estimate, megabytes, number, perSecond } from './format.ts';
export { Html, html } from './html.ts';
export { literal, markdownTable } from './markdown.ts';
export { type Report, type ReportOptions, writeReport } from './report.ts';
export type { Table } from './tables/index.ts';
export { judge, type Verdict } from './verdict/index.ts';
