import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A uniform number above 0 and below 1, from a seeded sequence. 32 bits: no exponential draw exceeds 22 means. */
export type Draw = () => number;

export function drawFrom(seed: number): Draw {
  const generator = xoroshiro128plus(seed);
  return () => ((generator.next() >>> 0) + 0.5) * 2 ** -32;
}

/** Above this mean the count is drawn from the normal distribution that it approaches. */
const normalFrom = 500;

/** A count of a Poisson process: its mean is its variance. */
export function drawPoisson(mean: number, draw: Draw): number {
  if (mean >= normalFrom) {
    const normal = Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  // Exponential distances that fit into the mean.
  let count = 0;
  let left = mean + Math.log(draw());
  while (left > 0) {
    count += 1;
    left += Math.log(draw());
  }
  return count;
}
