export { now } from './clock.ts';
export { type ClosedLoop, runClosedLoop } from './closed-loop.ts';
export { type OpenLoop, runOpenLoop } from './open-loop.ts';
export { defaultPhotos, type Photo, readPhotos } from './photos.ts';
export { latency, type Measured, type Sample, sampleSchema, succeeded } from './sample.ts';
export { type Exchange, type SendOptions, send } from './send.ts';
