import * as Plot from '@observablehq/plot';
import type { TargetSummary } from '../../summary/index.ts';
import { baseAlone } from '../base-alone.ts';
import { estimate, perSecond } from '../format.ts';
import { draw, type Figure, roomFor } from './plot.ts';
import { type Styles, styleOf } from './style.ts';
import { evenly, mostMarks } from './thin.ts';

/** Successes a second, a dot for each block and the mean with its interval. */
export function throughputFigure(
  targets: readonly TargetSummary[],
  rates: ReadonlyMap<string, ReadonlyMap<number, number>>,
  styles: Styles,
): Figure | undefined {
  const shown = targets.filter(({ throughput }) => throughput !== undefined);
  const means = targets.flatMap(({ name, throughput }) =>
    throughput === undefined ? [] : [{ target: name, ...throughput.perSecond }],
  );
  if (means.length === 0) return undefined;
  const blocks = means.flatMap(({ target }) =>
    evenly(
      [...(rates.get(target)?.values() ?? [])].sort((a, b) => a - b),
      mostMarks.dots,
    ).map((rate) => ({ target, rate })),
  );
  const colour = ({ target }: { target: string }): string => styleOf(styles, target).colour;
  const thinned = [...rates.values()].some(({ size }) => size > mostMarks.dots);
  return {
    title: 'Throughput',
    caption: `${means.map((mean) => `${mean.target}: ${estimate(mean, perSecond)}`).join('; ')}. A mark is one block${thinned ? ' (so many by rank that they can be told apart)' : ''}, the bar the mean, the line its 95 % interval.${baseAlone(shown)}`,
    legend: [],
    svg: draw('Successes a second for each target', {
      marginTop: 8,
      height: 56 + 60 * means.length,
      marginLeft: roomFor(means.map(({ target }) => target)),
      x: { label: 'successes a second', zero: true, grid: true },
      y: { label: null, domain: means.map(({ target }) => target) },
      marks: [
        Plot.barX(means, { x: 'value', y: 'target', fill: colour, fillOpacity: 0.3, insetTop: 8, insetBottom: 8 }),
        Plot.ruleY(
          means.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high)),
          { x1: 'low', x2: 'high', y: 'target', strokeWidth: 2 },
        ),
        ...shown.map(({ name }) => {
          const { colour: fill, symbol } = styleOf(styles, name);
          return Plot.dot(
            blocks.filter(({ target }) => target === name),
            { x: 'rate', y: 'target', fill, symbol, r: 4, stroke: 'var(--paper)', strokeWidth: 1 },
          );
        }),
        Plot.ruleX([0]),
      ],
    }),
  };
}
