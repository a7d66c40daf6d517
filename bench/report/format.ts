import type { Estimate } from '../stats/index.ts';

/** Three significant digits, and never an exponent: 1234.5 gives 1,235 and 0.012345 gives 0.0123. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value.toLocaleString('en-GB', {
    maximumSignificantDigits: Math.abs(value) >= 1000 ? 12 : 3,
    ...(Math.abs(value) >= 1000 ? { maximumFractionDigits: 0, maximumSignificantDigits: undefined } : {}),
  });
}

/** Milliseconds, as seconds from one second on. */
export function duration(ms: number): string {
  return Math.abs(ms) >= 1000 ? `${number(ms / 1000)} s` : `${number(ms)} ms`;
}

export function perSecond(rate: number): string {
  return `${number(rate)}/s`;
}

/** A share of 1: 0.954 gives 95 %, 0.0042 gives 0.42 %. */
export function percent(share: number): string {
  return `${(share * 100).toLocaleString('en-GB', { maximumSignificantDigits: 2 })} %`;
}

/** Bytes in MB of a million bytes. */
export function megabytes(bytes: number): string {
  return `${number(bytes / 1e6)} MB`;
}

/** A figure with its interval behind it: `6.41 ms (6.32 to 6.5)`. */
export function estimate({ value, low, high }: Estimate, unit: (value: number) => string): string {
  return `${unit(value)} (${bounds(low, high, unit)})`;
}

/** The bounds of an interval; one that so few values cannot give is said to be open. */
function bounds(low: number, high: number, unit: (value: number) => string): string {
  if (!Number.isFinite(low) && !Number.isFinite(high)) return 'no interval from so few';
  if (!Number.isFinite(high)) return `${unit(low)} or more`;
  if (!Number.isFinite(low)) return `${unit(high)} or less`;
  return `${unit(low)} to ${unit(high)}`;
}

/** `1 process`, `2 processes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}
