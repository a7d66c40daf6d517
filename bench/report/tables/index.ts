export { answersTable } from './answers.ts';
export { aspectsTable } from './aspects.ts';
export { coldStartsTable } from './cold-starts.ts';
export { comparisonsTable } from './comparisons.ts';
export { costTable } from './cost.ts';
export { performanceTable } from './performance.ts';
export { resourcesTable } from './resources.ts';
export { settingsTable } from './settings.ts';
export { none, type Table } from './table.ts';
