import type { Arrivals } from './arrivals.ts';

/** Arrivals as a person reads them: `20 requests a second for 13 s`. */
export function describeArrivals(arrivals: Arrivals): string {
  const atRandom = 'seed' in arrivals && arrivals.seed !== undefined ? ', at random' : '';
  switch (arrivals.kind) {
    case 'constant':
    case 'poisson':
      return `${short(arrivals.rate)} requests a second for ${short(arrivals.seconds)} s${atRandom}`;
    case 'burst': {
      const { rate, factor, beforeSeconds, burstSeconds, afterSeconds } = arrivals;
      return `${short(rate)} requests a second for ${short(beforeSeconds)} s, ${short(rate * factor)} for ${short(burstSeconds)} s, ${short(rate)} for ${short(afterSeconds)} s${atRandom}`;
    }
    case 'step': {
      const { steps } = arrivals;
      const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
      const most = steps.reduce((greatest, { rate }) => Math.max(greatest, rate), 0);
      return `up to ${short(most)} requests a second, changing over ${short(seconds)} s${atRandom}`;
    }
    case 'recorded': {
      const { times } = arrivals;
      return `${times.length} requests as recorded over ${short((times.at(-1) ?? 0) / 1000)} s`;
    }
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
