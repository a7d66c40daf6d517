export { readPhotos, unlessAborted } from './load/index.ts';
export { type Profile, profiles } from './record/index.ts';
export { type Report, writeReport } from './report/index.ts';
export { type RunOptions, type Step, startRun } from './run.ts';
export { scenarios } from './scenario/index.ts';
export { parseTarget, type Target } from './target/index.ts';
