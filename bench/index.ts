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
export {
  type FunctionUse,
  functionGib,
  functionUseOf,
  hourlyOnMachines,
  type Prices,
  readPrices,
  type Serving,
  servingOf,
} from './cost/index.ts';
export {
  type Arrivals,
  latency,
  readPhotos,
  readRecorded,
  readTime,
  type Sample,
  succeeded,
  unlessAborted,
} from './load/index.ts';
export { formatObjective, type Objective, parseObjective } from './objective/index.ts';
export {
  type Deployment,
  describeSource,
  eventsOf,
  type Manifest,
  type Profile,
  profiles,
  type RunRecord,
  readRun,
  replaceFile,
  runNameSchema,
  type Settings,
  type Source,
  samplesOf,
  withLoad,
} from './record/index.ts';
export { type MirroredRun, mirrorRun, ServedRun } from './remote/index.ts';
export {
  draw,
  duration,
  type Figure,
  Html,
  html,
  number,
  perSecond,
  type Report,
  type ReportOptions,
  renderDocument,
  renderFigure,
  renderTable,
  renderVerdict,
  type Table,
  writeReport,
} from './report/index.ts';
export { type RunOptions, type Step, startRun } from './run.ts';
export { scenarios } from './scenario/index.ts';
export { readScenarioFile, type ScenarioFile } from './scenarios/index.ts';
export { quantile } from './stats/index.ts';
export { coldStarts, type Summary, summarise, type TargetSummary } from './summary/index.ts';
export { parseTarget, type Target } from './target/index.ts';
export { startThread } from './thread/index.ts';
