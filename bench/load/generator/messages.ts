import type { Histogram } from 'node:perf_hooks';
import type { MessagePort } from 'node:worker_threads';
import type { Arrivals } from '../arrivals/index.ts';
import type { Measured } from '../sample.ts';

/** A picture whose bytes all threads share. */
export interface SharedPhoto {
  name: string;
  bytes: Uint8Array;
  contentType: string;
}

/** What the sender is to do next. */
export interface SenderOrder {
  url: string;
  photos: readonly SharedPhoto[];
  timeoutMs: number;
  clockOrigin: number;
  due: MessagePort;
}

/** What the pacer is to do next. */
export interface PacerOrder {
  arrivals: Arrivals;
  clockOrigin: number;
  /** When the schedule starts, in the clock's milliseconds. */
  start: number;
  due: MessagePort;
  /** Not 0 in its one element says stop; it is waited on, so it must be notified. */
  stop: Int32Array<SharedArrayBuffer>;
}

/** From the pacer to the sender: intended times that have come, in the clock's milliseconds; or that no more will come. */
export type Due = number[] | 'end';

/** From a thread, once: it can take orders. */
export type Ready = 'ready';

/** From the sender, now and then, and at the end of an order. */
export interface Answered {
  samples: Measured[];
}

/** From the sender, last of an order. */
export interface Ended {
  /** Nanoseconds between intended and sent. */
  lateness: Histogram;
}
