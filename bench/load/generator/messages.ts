import type { Histogram } from 'node:perf_hooks';
import type { Arrivals } from '../arrivals/index.ts';
import type { Address } from '../endpoint.ts';
import type { Measured } from '../sample.ts';
import type { Underway } from '../underway.ts';

/** A picture whose bytes all threads share. */
export interface SharedPhoto {
  name: string;
  bytes: Uint8Array;
  contentType: string;
}

/** What the thread is to do next. */
export interface Order extends Address {
  photos: readonly SharedPhoto[];
  timeoutMs: number;
  arrivals: Arrivals;
  clockOrigin: number;
  /** When the schedule starts, in the clock's milliseconds. */
  start: number;
}

/** From the thread, once: it can take orders. */
export type Ready = 'ready';

/** From the thread, now and then, and at the end of an order. */
export interface Answered {
  samples: Measured[];
}

/** From the thread, last of an order. */
export interface Ended {
  /** Nanoseconds between intended and sent. */
  lateness: Histogram;
  /** What was given up. */
  underway: Underway;
}
