import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';
import type { Arrivals } from './arrivals.ts';

/** A stretch of time with one mean rate, in requests a second. */
interface Step {
  rate: number;
  seconds: number;
}

/**
 * The intended times of arrivals, in milliseconds from their start, in order. They are made as they are asked for; the
 * same arrivals give the same times.
 */
export function schedule(arrivals: Arrivals): Iterable<number> {
  switch (arrivals.kind) {
    case 'constant':
      return spread([arrivals], even());
    case 'poisson':
      return spread([arrivals], random(arrivals.seed));
    case 'step':
      return spread(arrivals.steps, spacing(arrivals.seed));
    case 'burst': {
      const { rate, factor, beforeSeconds, burstSeconds, afterSeconds, seed } = arrivals;
      const burst = { rate: rate * factor, seconds: burstSeconds };
      return spread([{ rate, seconds: beforeSeconds }, burst, { rate, seconds: afterSeconds }], spacing(seed));
    }
    case 'recorded':
      return arrivals.times;
  }
}

function spacing(seed: number | undefined): Iterator<number> {
  return seed === undefined ? even() : random(seed);
}

/** 0, 1, 2, …: arrivals at a rate of one. */
function* even(): Generator<number, never> {
  for (let count = 0; ; count += 1) yield count;
}

/** A Poisson process with a rate of one: distances have the exponential distribution with a mean of one. */
function* random(seed: number): Generator<number, never> {
  const generator = mersenne(seed);
  for (let at = 0; ; ) {
    at -= Math.log(1 - uniformFloat64(generator));
    yield at;
  }
}

/** Below this part of a request, a sum of rates times seconds is off by rounding alone. */
const rounding = 1e-9;

/** Bends arrivals at a rate of one to the rates of the steps: each comes when so many are expected to have come. */
function* spread(steps: readonly Step[], unit: Iterator<number>): Generator<number> {
  let next = unit.next().value;
  let expected = 0;
  let start = 0;
  for (const { rate, seconds } of steps) {
    const end = expected + rate * seconds;
    for (; next < end - rounding; next = unit.next().value) {
      yield start + (Math.max(0, next - expected) / rate) * 1000;
    }
    expected = end;
    start += seconds * 1000;
  }
}
