import { kindOf, type Metric } from '../metric/index.ts';
import { estimate, number } from '../report/index.ts';
import type { Estimate } from '../stats/index.ts';
import type { MetricChange } from './compare.ts';

/** A figure with its interval, where a run can tell one. */
export function showEstimate(metric: Metric, figure: Estimate): string {
  const { show } = kindOf(metric.quantity);
  return metric.byBlock === undefined ? show(figure.value) : estimate(figure, show);
}

/** `+0.5 ms (+0.4 ms to +0.6 ms), +7.6 %`; without an interval where nothing is known of the noise. */
export function showChange(metric: Metric, change: MetricChange): string {
  const { showChange: show } = kindOf(metric.quantity);
  const interval = isClosed(change) ? ` (${signed(change.low, show)} to ${signed(change.high, show)})` : '';
  const relative =
    change.relative === undefined ? '' : `, ${signed(change.relative.value, (value) => `${number(value * 100)} %`)}`;
  return `${signed(change.value, show)}${interval}${relative}`;
}

export function isClosed({ low, high }: Estimate): boolean {
  return Number.isFinite(low) && Number.isFinite(high);
}

function signed(value: number, show: (value: number) => string): string {
  return value > 0 ? `+${show(value)}` : show(value);
}
