import type { TargetSummary } from '../summary/index.ts';
import { listed } from './format.ts';

/** For captions of what is measured with autoscaling off: a hybrid's overflow is off with it. Empty without a hybrid. */
export function baseAlone(targets: readonly Pick<TargetSummary, 'name' | 'architecture'>[]): string {
  const hybrids = targets.filter(({ architecture }) => architecture === 'hybrid').map(({ name }) => name);
  return hybrids.length === 0
    ? ''
    : ` Latency, throughput and capacity of ${listed(hybrids)} are those of its base alone: they are measured with overflow off.`;
}
