export { type Arrivals, arrivalsSchema, describeArrivals, readRecorded, readTime } from './arrivals/index.ts';
export { now } from './clock.ts';
export { runClosedLoop } from './closed-loop.ts';
export type { OpenLoop } from './generator/index.ts';
export type { Lateness } from './lateness.ts';
export { prepareOpenLoop, runOpenLoop } from './open-loop.ts';
export { type Photo, readPhotos } from './photos.ts';
export { latency, type Sample, sampleSchema, succeeded } from './sample.ts';
export { type Exchange, send, unlessAborted } from './send.ts';
