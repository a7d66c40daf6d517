import type { Traffic } from '../traffic/index.ts';
import type { Recorded } from './recorder.ts';
import type { Outcome } from './simulate.ts';
import type { System } from './system.ts';

/** What a thread is to simulate. The traffic's arrays are shared, not copied. */
export interface Order {
  traffic: Traffic;
  systems: readonly System[];
  seed: number;
  limit: number;
}

/** What a thread tells: requests that have gone through all systems of its order, and at its end what it found. */
export type Answer =
  | { done: false; requests: number }
  | { done: true; outcomes: (Omit<Outcome, 'recorder'> & { recorded: Recorded })[] };
