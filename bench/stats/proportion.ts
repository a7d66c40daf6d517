import jstat from 'jstat';
import { confidence, type Estimate } from './interval.ts';

/** A share with the exact interval of Clopper and Pearson, which takes the trials for independent; NaN for no trials. */
export function shareEstimate(count: number, trials: number): Estimate {
  const tail = (1 - confidence) / 2;
  return {
    value: count / trials,
    low: count === 0 ? 0 : jstat.beta.inv(tail, count, trials - count + 1),
    high: count === trials ? 1 : jstat.beta.inv(1 - tail, count + 1, trials - count),
  };
}
