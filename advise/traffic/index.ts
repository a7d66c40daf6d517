export { ArrivalStream } from './arrival-stream.ts';
export { type Draw, drawFrom } from './draw.ts';
export { patternTraffic } from './pattern.ts';
export { sampled, scaled } from './scale.ts';
export { sparkline, summariseTraffic, type TrafficSummary } from './summary.ts';
export { requestsOf, secondsOf, sharedCounts, sharedTimes, type Traffic } from './traffic.ts';
