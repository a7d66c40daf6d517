import type { Photo } from '../load/index.ts';
import { shuffled } from '../stats/index.ts';
import type { Context } from './scenario.ts';

/** What chance decides of a burst: the order of its photos, and its arrivals. */
export interface Draw {
  photos: readonly Photo[];
  seed: number;
}

/** For all bursts of a trial: those that are compared differ by their target, not by their luck. */
export function drawTrial({ photos, random }: Context): Draw {
  return { photos: shuffled(photos, random), seed: random(0, 2 ** 31 - 1) };
}
