import type { Comparison, TargetSummary } from '../../summary/index.ts';
import { duration, estimateParts, listed, number, perSecond } from '../format.ts';

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

/**
 * All figures of the same two targets in a sentence, without their intervals: as differences of `subject`, or else of
 * the first, from the other.
 */
export function describePair(pair: readonly Comparison[], subject = pair[0]?.a): string {
  const [first] = pair;
  if (first === undefined) return '';
  const against = first.a === subject ? first.b : first.a;
  const differing = pair.filter(({ difference }) => difference.higher !== 'none shown');
  const alike = pair.filter(({ difference }) => difference.higher === 'none shown').map(({ figure }) => figure);
  const none = alike.length === 0 ? [] : [`no difference in ${listed(alike, 'disjunction')} is shown`];
  return `${subject} against ${against}: ${[...differing.map((each) => sizeOf(each, subject)), ...none].join('; ')}.`;
}

function sizeOf({ figure, unit, a, difference }: Comparison, subject: string | undefined): string {
  const size = (unit === 'ms' ? duration : perSecond)(Math.abs(difference.value));
  const share =
    difference.percent === undefined || a !== subject ? '' : ` or ${number(Math.abs(difference.percent.value))} %`;
  return `${figure} ${size}${share} ${(difference.higher === 'a') === (a === subject) ? 'higher' : 'lower'}`;
}

/** A target as a choice: `a server`, `serverless functions (knative)`. */
export function named({ name, architecture }: TargetSummary): string {
  if (architecture === 'unknown') return name;
  const noun = { server: 'a server', serverless: 'serverless functions', hybrid: 'a hybrid of both' }[architecture];
  return name === architecture ? noun : `${noun} (${name})`;
}
