import type { Metric } from './metric.ts';
import { metrics } from './metrics.ts';

/**
 * The metric of a name. Without a scenario it is that of `latency`, or the only one with such a figure.
 *
 * @throws Error that lists what there is.
 */
export function findMetric(name: string): Metric {
  const exact = metrics.find((metric) => metric.name === name || metric.name === `latency.${name}`);
  const [only, ...others] = metrics.filter((metric) => metric.name.endsWith(`.${name}`));
  if (exact !== undefined) return exact;
  if (only !== undefined && others.length === 0) return only;
  const names = (only === undefined ? metrics : [only, ...others]).map((metric) => metric.name);
  throw new Error(
    `${only === undefined ? `there is no figure ${name}` : `more than one scenario has ${name}`}; give ${names.join(', ')}`,
  );
}
