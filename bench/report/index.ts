export { type Report, writeReport } from './report.ts';
export type { Verdict } from './verdict/index.ts';
