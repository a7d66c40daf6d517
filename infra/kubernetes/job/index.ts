export { loader } from './loader.ts';
export type { JobPlace } from './manifest.ts';
export { type NodeJob, programPort, startNodeJob } from './node-job.ts';
