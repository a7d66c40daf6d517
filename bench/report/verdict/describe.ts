import type { Comparison, TargetSummary } from '../../summary/index.ts';
import { duration, estimateParts, number, perSecond } from '../format.ts';

/** A comparison in a sentence, as a difference from b. */
export function describeComparison({ figure, unit, a, b, difference }: Comparison): string {
  const show = unit === 'ms' ? duration : perSecond;
  if (difference.higher === 'none shown') {
    const { value, interval } = estimateParts(difference, show);
    return `No difference in ${figure} is shown between ${a} and ${b} (${value}, 95 % interval ${interval}).`;
  }
  const { value, low, high, percent } = difference;
  const up = difference.higher === 'a';
  const size = estimateParts(up ? { value, low, high } : { value: -value, low: -high, high: -low }, show);
  const share = percent === undefined ? '' : ` or ${number(Math.abs(percent.value))} %`;
  return `The ${figure} of ${a} is ${size.value}${share} (95 % interval ${size.interval}) ${up ? 'above' : 'below'} that of ${b}.`;
}

/** A target as a choice: `a server`, `serverless functions (knative)`. */
export function named({ name, architecture }: TargetSummary): string {
  if (architecture === 'unknown') return name;
  const noun = { server: 'a server', serverless: 'serverless functions', hybrid: 'a hybrid of both' }[architecture];
  return name === architecture ? noun : `${noun} (${name})`;
}
