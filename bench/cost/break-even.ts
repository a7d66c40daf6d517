/** Money a month by the rate of requests a second. */
export type Curve = (rate: number) => number;

/** A rate at which two costs change places. */
export interface BreakEven {
  /** Requests a second. */
  rate: number;
  /** Which of the two costs less below that rate, and more above it. */
  cheaperBelow: 'a' | 'b';
}

/** Rates from `from` to `to`, both included, evenly spread by their logarithm. */
export function logSpaced(from: number, to: number, count: number): number[] {
  const ratio = Math.log(to / from);
  return Array.from({ length: count }, (_, index) => from * Math.exp((ratio * index) / (count - 1)));
}

/**
 * Every change of places between neighbouring rates, upwards. Costs go up in steps, a replica at a time, so two may
 * change places more than once. Where they are equal over a stretch, the change is at the end of it.
 */
export function breakEvens(a: Curve, b: Curve, rates: readonly number[]): BreakEven[] {
  const found: BreakEven[] = [];
  let last: { rate: number; sign: number } | undefined;
  for (const rate of rates) {
    const sign = Math.sign(a(rate) - b(rate));
    if (sign === 0) continue;
    if (last !== undefined && sign !== last.sign) {
      found.push({ rate: bisect(a, b, last, rate), cheaperBelow: last.sign < 0 ? 'a' : 'b' });
    }
    last = { rate, sign };
  }
  return found;
}

/** Halvings of the logarithm: more than a double can tell apart between neighbouring rates. */
const halvings = 60;

/** The least rate, as far as can be told apart, from which on the sign of `a - b` is another one than before. */
function bisect(a: Curve, b: Curve, before: { rate: number; sign: number }, after: number): number {
  let [low, high] = [before.rate, after];
  for (let step = 0; step < halvings; step += 1) {
    const middle = Math.sqrt(low * high);
    const sign = Math.sign(a(middle) - b(middle));
    if (sign === before.sign || sign === 0) low = middle;
    else high = middle;
  }
  return high;
}
