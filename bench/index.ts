export {
  type Check,
  type CheckResult,
  checksTable,
  judgeComparison,
  judgeRun,
  junitXml,
  parseCheck,
  refuseChange,
  refuseUnanswerable,
} from './checks/index.ts';
export {
  compareRuns,
  comparisonJson,
  comparisonMarkdown,
  comparisonPage,
  comparisonText,
  readRuns,
} from './compare/index.ts';
export { type Prices, readPrices } from './cost/index.ts';
export { type Arrivals, readPhotos, readRecorded, readTime, succeeded, unlessAborted } from './load/index.ts';
export { type Objective, parseObjective } from './objective/index.ts';
export {
  type Deployment,
  describeSource,
  type Manifest,
  type Profile,
  profiles,
  replaceFile,
  runNameSchema,
  type Settings,
  type Source,
  withLoad,
} from './record/index.ts';
export { type MirroredRun, mirrorRun, ServedRun } from './remote/index.ts';
export { type Report, type ReportOptions, writeReport } from './report/index.ts';
export { type RunOptions, type Step, startRun } from './run.ts';
export { scenarios } from './scenario/index.ts';
export { readScenarioFile, type ScenarioFile } from './scenarios/index.ts';
export { parseTarget, type Target } from './target/index.ts';
