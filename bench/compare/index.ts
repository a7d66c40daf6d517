export { compareRuns, type MetricChange, type RunComparison } from './compare.ts';
export { showChange, showEstimate } from './format.ts';
export { type ComparedRun, readRuns } from './read.ts';
export { comparisonJson, comparisonMarkdown, comparisonPage, comparisonText } from './render.ts';
