import { median } from '../../../infra/local/bench/paired.ts';
import type { Kill } from './victims.ts';

/** From kills to when all was back, in milliseconds: the middle and the most. @param kills at least one. */
export function returnTimes(kills: readonly Kill[]): { median: number; most: number } {
  const times = kills.map(({ at, backAt }) => backAt - at);
  return { median: median(times), most: Math.max(...times) };
}
