export { type Arrivals, arrivalsSchema } from './arrivals.ts';
export { schedule } from './schedule.ts';
