export { loader } from './loader.ts';
export { type NodeJob, programPort, startNodeJob } from './node-job.ts';
export { type JobPlace, jobPlaceSchema } from './place.ts';
