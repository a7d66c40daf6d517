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

/** What a thread that sends is started with. */
export interface SenderOrder {
  url: string;
  photos: readonly SharedPhoto[];
  timeoutMs: number;
  clockOrigin: number;
  /** It sends every `of`th request, from the one with this index. */
  index: number;
  of: number;
  due: MessagePort;
}

/** What the thread that watches the clock is started with. */
export interface PacerOrder {
  arrivals: Arrivals;
  clockOrigin: number;
  /** One for each sender, who get the arrivals in turn. */
  due: readonly MessagePort[];
  /** Not 0 in its one element says stop; it is waited on, so it must be notified. */
  stop: Int32Array<SharedArrayBuffer>;
}

/** From the pacer to a sender: intended times that have come, in the clock's milliseconds; or that no more will come. */
export type Due = number[] | 'end';

/** To the pacer: when the schedule starts. */
export interface Start {
  start: number;
}

/** From any thread: it can go. */
export interface Ready {
  ready: true;
}

/** From a sender, now and then, and at its end. */
export interface Answered {
  samples: Measured[];
}

/** From a sender, last. */
export interface Ended {
  /** Nanoseconds between intended and sent. */
  lateness: Histogram;
}
