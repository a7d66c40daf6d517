import * as Plot from '@observablehq/plot';
import { quantile } from '../../stats/index.ts';
import type { TargetSummary } from '../../summary/index.ts';
import { baseAlone } from '../base-alone.ts';
import { duration, estimate, number } from '../format.ts';
import { draw, type Figure, roomFor } from './plot.ts';
import { type Styles, styleOf } from './style.ts';

/** How latency spreads, a row for each target. */
export function latencyFigure(
  targets: readonly TargetSummary[],
  values: ReadonlyMap<string, readonly number[]>,
  styles: Styles,
): Figure | undefined {
  const shown = targets.filter(({ latency }) => latency !== undefined);
  const all = shown.flatMap(({ name }) => values.get(name) ?? []).toSorted((a, b) => a - b);
  if (all.length === 0) return undefined;
  const limit = quantile(all, 0.99) * 1.1;
  const beyond = all.filter((value) => value > limit).length;
  const points = shown.flatMap(({ name }) =>
    (values.get(name) ?? [])
      .filter((ms) => ms <= limit)
      .map((ms) => ({ target: name, colour: styleOf(styles, name).colour, ms })),
  );
  const medians = shown.flatMap(({ name, latency }) =>
    latency === undefined ? [] : [{ target: name, ...latency.median }],
  );
  return {
    title: 'Latency, one request at a time',
    caption: `${medians.map((each) => `${each.target}: ${estimate(each, duration)}`).join(', ')} at the median. Each row counts the requests of one target by their latency; the line is the median, the band its 95 % interval.${beyond > 0 ? ` Not drawn: ${number(beyond)} slower than ${duration(limit)}.` : ''}${baseAlone(shown)}`,
    legend: [],
    svg: draw('Histogram of latency for each target', {
      height: 90 + 110 * shown.length,
      marginRight: roomFor(shown.map(({ name }) => name)),
      x: { label: 'latency, ms', nice: true },
      y: { label: 'requests', ticks: 4, grid: true },
      fy: { label: null, domain: shown.map(({ name }) => name) },
      marks: [
        Plot.rectY(
          points,
          Plot.binX<Plot.RectYOptions>(
            { y: 'count' },
            { x: 'ms', thresholds: 60, fy: 'target', fill: 'colour', fillOpacity: 0.75, inset: 0.3 },
          ),
        ),
        Plot.rectX(
          medians.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high)),
          { x1: 'low', x2: 'high', fy: 'target', fill: 'currentColor', fillOpacity: 0.25 },
        ),
        Plot.ruleX(medians, { x: 'value', fy: 'target', stroke: 'currentColor', strokeWidth: 2 }),
        Plot.ruleY([0]),
      ],
    }),
  };
}
