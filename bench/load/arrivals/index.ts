export { type Arrivals, arrivalsSchema } from './arrivals.ts';
export { readRecorded } from './read-recorded.ts';
export { schedule } from './schedule.ts';
