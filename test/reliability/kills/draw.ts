import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A uniform number from 0 to below 1, from a seeded sequence. */
export type Draw = () => number;

export function drawFrom(seed: number): Draw {
  const generator = xoroshiro128plus(seed);
  return () => (generator.next() >>> 0) * 2 ** -32;
}
