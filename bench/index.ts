export { type Photo, readPhotos } from './load/index.ts';
export { type Profile, profiles, readRun, type Settings } from './record/index.ts';
export { type Report, writeReport } from './report/index.ts';
export { type Run, type RunOptions, type Step, startRun } from './run.ts';
export { type Scenario, scenarios } from './scenario/index.ts';
export { type Architecture, parseTarget, type Target } from './target/index.ts';
