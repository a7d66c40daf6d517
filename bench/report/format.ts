import type { Estimate } from '../stats/index.ts';

/** How a figure is written. `scale` tells the unit for a size, so that bounds can be written in that of their figure. */
interface Unit {
  (value: number): string;
  scale?(size: number): Scale;
}

interface Scale {
  factor: number;
  suffix: string;
}

/** Three significant digits, and never an exponent: 1234.5 gives 1,235 and 0.012345 gives 0.0123. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value.toLocaleString('en-GB', {
    maximumSignificantDigits: Math.abs(value) >= 1000 ? 12 : 3,
    ...(Math.abs(value) >= 1000 ? { maximumFractionDigits: 0, maximumSignificantDigits: undefined } : {}),
  });
}

/** Milliseconds, as seconds from one second on. */
export const duration = unit((ms) => (ms >= 1000 ? { factor: 1e-3, suffix: ' s' } : { factor: 1, suffix: ' ms' }));

export const perSecond = unit(() => ({ factor: 1, suffix: '/s' }));

/** Bytes in MB of a million bytes. */
export const megabytes = unit(() => ({ factor: 1e-6, suffix: ' MB' }));

/** A share of 1 in percent, with three digits. */
export const share = unit(() => ({ factor: 100, suffix: ' %' }));

/** A share of 1: 0.954 gives 95 %, 0.0042 gives 0.42 %. */
export function percent(share: number): string {
  return `${(share * 100).toLocaleString('en-GB', { maximumSignificantDigits: 2 })} %`;
}

/**
 * A figure with its interval behind it: `6.41 ms (6.32 to 6.50)`. All three have the unit of the figure, and as many
 * decimals as the width of the interval bears.
 */
export function estimate(figure: Estimate, unit: Unit): string {
  const { value, interval } = estimateParts(figure, unit);
  return `${value} (${interval})`;
}

/** The same in two: what the figure is, and how sure that is. */
export function estimateParts({ value, low, high }: Estimate, unit: Unit): { value: string; interval: string } {
  const closed = Number.isFinite(low) && Number.isFinite(high);
  if (!closed || unit.scale === undefined) return { value: unit(value), interval: bounds(low, high, unit) };
  const { factor, suffix } = unit.scale(Math.abs(value));
  const write =
    high > low
      ? (bound: number): string => fixed(bound * factor, enough(decimals((high - low) * factor), [low, high], factor))
      : (bound: number): string => number(bound * factor);
  return { value: `${write(value)}${suffix}`, interval: `${write(low)} to ${write(high)}` };
}

/** The bounds of an interval; one that so few values cannot give is said to be open. */
function bounds(low: number, high: number, unit: Unit): string {
  if (!Number.isFinite(low) && !Number.isFinite(high)) return 'no interval from so few';
  if (!Number.isFinite(high)) return `${unit(low)} or more`;
  if (!Number.isFinite(low)) return `${unit(high)} or less`;
  return `${unit(low)} to ${unit(high)}`;
}

/** `1 process`, `2 processes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** `a, b and c`; `a, b or c` as a disjunction. */
export function listed(items: readonly string[], type: Intl.ListFormatType = 'conjunction'): string {
  return new Intl.ListFormat('en-GB', { type }).format(items);
}

function unit(scale: (size: number) => Scale): Unit & Required<Pick<Unit, 'scale'>> {
  const write = (value: number): string => {
    const { factor, suffix } = scale(Math.abs(value));
    return `${number(value * factor)}${suffix}`;
  };
  return Object.assign(write, { scale });
}

/** So many decimals that the width of an interval has two digits, or one where that is 3 or more: 1.65 and 0.7. */
function decimals(width: number): number {
  const magnitude = Math.floor(Math.log10(width));
  const leading = width / 10 ** magnitude;
  return Math.min(6, Math.max(0, (leading < 3 ? 1 : 0) - magnitude));
}

/** More where a bound would be rounded to zero: whether the interval holds zero is what it is read for. */
function enough(digits: number, bounds: readonly number[], factor: number): number {
  const lost = bounds.some((bound) => bound !== 0 && Number((bound * factor).toFixed(digits)) === 0);
  return lost && digits < 6 ? enough(digits + 1, bounds, factor) : digits;
}

function fixed(value: number, digits: number): string {
  // Adding nothing makes a zero of a negative one.
  const rounded = Number(value.toFixed(digits)) + 0;
  return rounded.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
