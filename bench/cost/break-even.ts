/** Money a month by the rate of requests a second. */
export type Curve = (rate: number) => number;

/** A cost, and the least and the most that what was measured allows. */
export interface Band {
  monthly: Curve;
  low: Curve;
  high: Curve;
}

/** A stretch of rates in which one of two costs is less, whatever the measurement allows; absent where that is open. */
export interface Stretch {
  /** Requests a second. */
  from: number;
  to: number;
  cheaper?: 'a' | 'b';
}

/** Where two costs change places. */
export interface BreakEven {
  /** Requests a second at which the two are equal, as measured. */
  rate: number;
  /** Between these no difference is shown. */
  low: number;
  high: number;
  /** Which of the two costs less below, and more above. */
  cheaperBelow: 'a' | 'b';
}

/** Rates from `from` to `to`, both included, evenly spread by their logarithm. */
export function logSpaced(from: number, to: number, count: number): number[] {
  const ratio = Math.log(to / from);
  return Array.from({ length: count }, (_, index) => from * Math.exp((ratio * index) / (count - 1)));
}

/**
 * Which of two costs is less at which rates, upwards and without a gap: where their bands do not overlap. Costs go up
 * in steps, a replica at a time, so two may change places more than once.
 */
export function stretchesOf(a: Band, b: Band, rates: readonly number[]): Stretch[] {
  const cheaperAt = (rate: number): Stretch['cheaper'] => {
    if (a.high(rate) < b.low(rate)) return 'a';
    return b.high(rate) < a.low(rate) ? 'b' : undefined;
  };
  const found: Stretch[] = [];
  let before = rates[0] ?? Number.NaN;
  for (const rate of rates) {
    const cheaper = cheaperAt(rate);
    const last = found.at(-1);
    if (last !== undefined && last.cheaper === cheaper) last.to = rate;
    else if (last === undefined) found.push({ from: rate, to: rate, ...(cheaper && { cheaper }) });
    else {
      const end = bisect((each) => cheaperAt(each) === last.cheaper, before, rate);
      // Both bands may be narrower than the step from one rate to the next.
      const start = bisect((each) => cheaperAt(each) !== cheaper, end, rate);
      last.to = end;
      if (start > end && last.cheaper !== undefined && cheaper !== undefined) found.push({ from: end, to: start });
      found.push({ from: last.cheaper && cheaper ? start : end, to: rate, ...(cheaper && { cheaper }) });
    }
    before = rate;
  }
  return found;
}

/** From one stretch to the next in which the other is cheaper, over what is open between. */
export function breakEvensOf(a: Band, b: Band, stretches: readonly Stretch[]): BreakEven[] {
  const shown = stretches.filter(({ cheaper }) => cheaper !== undefined);
  return shown.slice(1).flatMap((after, index) => {
    const { to: low, cheaper } = shown[index] as Stretch;
    if (cheaper === undefined || cheaper === after.cheaper) return [];
    const { from: high } = after;
    const still = (rate: number): boolean =>
      cheaper === 'a' ? a.monthly(rate) <= b.monthly(rate) : b.monthly(rate) <= a.monthly(rate);
    return [{ rate: low === high ? low : bisect(still, low, high), low, high, cheaperBelow: cheaper }];
  });
}

/** Halvings of the logarithm: more than a double can tell apart between neighbouring rates. */
const halvings = 60;

/** The least rate, as far as can be told apart, at which something no longer holds that holds at `low` and not at `high`. */
function bisect(holds: (rate: number) => boolean, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let step = 0; step < halvings; step += 1) {
    const middle = Math.sqrt(below * above);
    if (holds(middle)) below = middle;
    else above = middle;
  }
  return above;
}
