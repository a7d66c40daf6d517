export { type Arrivals, arrivalsSchema } from './arrivals.ts';
export { describeArrivals } from './describe.ts';
export { readRecorded, readTime } from './read-recorded.ts';
export { schedule } from './schedule.ts';
