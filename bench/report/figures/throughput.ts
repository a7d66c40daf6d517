import * as Plot from '@observablehq/plot';
import type { TargetSummary } from '../../summary/index.ts';
import { estimate, perSecond } from '../format.ts';
import { draw, type Figure } from './plot.ts';

/** Successes a second, a dot for each block and the mean with its interval. */
export function throughputFigure(
  targets: readonly TargetSummary[],
  rates: ReadonlyMap<string, ReadonlyMap<number, number>>,
  colours: ReadonlyMap<string, string>,
): Figure | undefined {
  const means = targets.flatMap(({ name, throughput }) =>
    throughput === undefined ? [] : [{ target: name, ...throughput.perSecond }],
  );
  if (means.length === 0) return undefined;
  const blocks = means.flatMap(({ target }) =>
    [...(rates.get(target)?.values() ?? [])].map((rate) => ({ target, rate })),
  );
  const colour = ({ target }: { target: string }): string => colours.get(target) ?? 'currentColor';
  return {
    title: 'Throughput',
    caption: `${means.map((mean) => `${mean.target}: ${estimate(mean, perSecond)}`).join('; ')}. A dot is one block, the bar the mean, the line its 95 % interval.`,
    legend: means.map((mean) => ({ label: mean.target, colour: colour(mean) })),
    svg: draw('Successes a second for each target', {
      height: 70 + 60 * means.length,
      marginLeft: 90,
      x: { label: 'successes a second', zero: true, grid: true },
      y: { label: null, domain: means.map(({ target }) => target) },
      marks: [
        Plot.barX(means, { x: 'value', y: 'target', fill: colour, fillOpacity: 0.3, insetTop: 8, insetBottom: 8 }),
        Plot.ruleY(
          means.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high)),
          { x1: 'low', x2: 'high', y: 'target', strokeWidth: 2 },
        ),
        Plot.dot(blocks, { x: 'rate', y: 'target', fill: colour, r: 4 }),
        Plot.ruleX([0]),
      ],
    }),
  };
}
