import type { Comparison, TargetSummary } from '../../summary/index.ts';
import { duration, perSecond } from '../format.ts';

/** A comparison in a sentence. */
export function describeComparison({ figure, unit, a, b, difference }: Comparison): string {
  const show = unit === 'ms' ? duration : perSecond;
  const ends = [difference.low, difference.high]
    .map(Math.abs)
    .toSorted((x, y) => x - y)
    .map(show);
  if (difference.higher === 'none shown') {
    const interval = `${show(difference.low)} to ${show(difference.high)}`;
    return `No difference in ${figure} is shown between ${a} and ${b} (95 % interval of the difference: ${interval}).`;
  }
  const higher = difference.higher === 'a' ? [a, b] : [b, a];
  const size = `${show(Math.abs(difference.value))} (95 % interval ${ends.join(' to ')})`;
  return `The ${figure} of ${higher[0]} is ${size} above that of ${higher[1]}.`;
}

/** A target as a choice: `a server`, `serverless functions (knative)`. */
export function named({ name, architecture }: TargetSummary): string {
  if (architecture === 'unknown') return name;
  const noun = { server: 'a server', serverless: 'serverless functions', hybrid: 'a hybrid of both' }[architecture];
  return name === architecture ? noun : `${noun} (${name})`;
}
