import * as Plot from '@observablehq/plot';
import type { Objective } from '../../objective/index.ts';
import type { RateFigures, TargetSummary } from '../../summary/index.ts';
import { baseAlone } from '../base-alone.ts';
import { describeCapacity } from '../capacity.ts';
import { draw, type Figure, targetLegend } from './plot.ts';
import { type Styles, styleOf } from './style.ts';

type Measured = TargetSummary & { capacity: NonNullable<TargetSummary['capacity']> };

/** Latency against the offered rate: the median, and the quantile that the objective is about. */
export function capacityFigure(
  targets: readonly TargetSummary[],
  objective: Objective | undefined,
  styles: Styles,
): Figure | undefined {
  const shown = targets.filter((target): target is Measured => (target.capacity?.curve.length ?? 0) > 0);
  if (shown.length === 0 || objective === undefined) return undefined;
  const colour = ({ target }: { target: string }): string => styleOf(styles, target).colour;
  const percentile = `p${Number((objective.quantile * 100).toPrecision(6))}`;
  const series = (figure: 'median' | 'atQuantile') =>
    shown.flatMap(({ name, capacity }) =>
      capacity.curve.flatMap((point) => {
        const estimate = point[figure];
        return estimate === undefined ? [] : [{ target: name, rate: point.rate, ok: isKept(point), ...estimate }];
      }),
    );
  const slow = series('atQuantile');
  const found = shown.flatMap(({ name, capacity }) =>
    capacity.perSecond === undefined ? [] : [{ target: name, rate: capacity.perSecond.value }],
  );
  return {
    title: 'Capacity: latency against the rate',
    caption: `${shown.map(describeCapacity).join(' ')} Solid: ${percentile}, with its 95 % interval; dashed: the median. A full mark kept the objective in most probes at that rate, a hollow one did not. The level line is the objective’s limit, an upright one a target’s capacity. Both axes are logarithmic.${baseAlone(shown)}`,
    legend: targetLegend(shown, styles),
    svg: draw(`Latency at the median and at ${percentile} against the rate of requests, for each target`, {
      height: 340,
      marginRight: 24,
      inset: 12,
      x: { label: 'requests a second', type: 'log', grid: true, tickFormat: ',' },
      y: { label: 'latency, ms', type: 'log', grid: true, tickFormat: ',' },
      marks: [
        Plot.ruleX(found, { x: 'rate', stroke: colour, strokeWidth: 6, strokeOpacity: 0.25 }),
        Plot.ruleY([objective.latencyMs], { strokeDasharray: '5 4', strokeWidth: 1.5 }),
        Plot.lineY(series('median'), { x: 'rate', y: 'value', z: 'target', stroke: colour, strokeDasharray: '2 3' }),
        Plot.lineY(slow, { x: 'rate', y: 'value', z: 'target', stroke: colour, strokeWidth: 2 }),
        Plot.ruleX(
          slow.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high)),
          { x: 'rate', y1: 'low', y2: 'high', stroke: colour, strokeOpacity: 0.6 },
        ),
        ...shown.map(({ name }) => {
          const { colour: stroke, symbol } = styleOf(styles, name);
          return Plot.dot(
            slow.filter(({ target }) => target === name),
            {
              ...{ x: 'rate', y: 'value', r: 4.5, symbol, stroke, strokeWidth: 1.5 },
              fill: ({ ok }) => (ok ? stroke : 'var(--paper)'),
            },
          );
        }),
      ],
    }),
  };
}

function isKept({ kept, probes }: RateFigures): boolean {
  return kept > probes / 2;
}
