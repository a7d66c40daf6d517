import * as Plot from '@observablehq/plot';
import type { Objective } from '../../objective/index.ts';
import type { BurstTrial, TargetSummary } from '../../summary/index.ts';
import { describeBurst } from '../burst.ts';
import { html } from '../html.ts';
import { draw, type Figure, symbols, targetLegend } from './plot.ts';
import { type Style, type Styles, styleOf } from './style.ts';
import { changes, mostMarks, outline } from './thin.ts';

/** The first burst from each start of each target. */
interface Line {
  target: string;
  trial: BurstTrial;
  style: Style;
}

/** Latency over a burst, and the replicas beneath, on the same time. */
export function burstFigure(
  targets: readonly TargetSummary[],
  objective: Objective | undefined,
  styles: Styles,
): Figure | undefined {
  const lines = targets.flatMap(({ name, burst }): Line[] =>
    (burst?.starts ?? []).flatMap(({ from }) => {
      const trial = burst?.trials.find((each) => each.from === from);
      return trial === undefined ? [] : [{ target: name, trial, style: styleOf(styles, name) }];
    }),
  );
  if (lines.length === 0 || objective === undefined) return undefined;
  const percentile = `p${Number((objective.quantile * 100).toPrecision(6))}`;
  const end = Math.max(...lines.flatMap(({ trial }) => [...trial.latency, ...trial.replicas].map((at) => at.seconds)));
  const x = { domain: [0, end], grid: true };
  const seconds = 'seconds since the burst began';
  const fromZero = lines.some(({ trial }) => trial.from === 0);
  const replicas = lines.flatMap(({ trial }) => trial.replicas.map(({ value }) => value));
  return {
    title: 'Burst: latency and replicas',
    caption: `${targets.flatMap(describeBurst).join(' ')} Above: ${percentile} of the answered in each window, on a logarithmic scale; the level line is the objective’s limit, and a large mark is where the objective holds again.${replicas.length > 0 ? ' Beneath: ready replicas.' : ''}${fromZero ? ' Dashed lines began with no replica.' : ''}`,
    legend: targetLegend(
      targets.filter(({ burst }) => burst !== undefined),
      styles,
    ),
    svg: html`${draw(`Latency at ${percentile} of the answered over a burst, for each target`, {
      x: { ...x, label: replicas.length > 0 ? null : seconds },
      y: { label: 'latency, ms', type: 'log', grid: true, tickFormat: ',' },
      marks: [
        Plot.ruleY([objective.latencyMs], { strokeDasharray: '5 4', strokeWidth: 1.5 }),
        ...strokes(lines, ({ latency }) => latency),
        ...lines.map(({ trial, style: { colour, symbol } }) =>
          Plot.dot(
            trial.latency.filter(({ seconds }) => seconds === trial.holdsAfterSeconds),
            { x: 'seconds', y: 'value', r: 8, fill: colour, symbol, stroke: 'var(--ink)', strokeWidth: 1.5 },
          ),
        ),
      ],
    })}${
      replicas.length === 0
        ? undefined
        : draw('Ready replicas over the same time', {
            height: 170,
            x: { ...x, label: seconds },
            y: {
              label: 'ready replicas',
              ticks: Math.min(6, Math.max(1, ...replicas)),
              tickFormat: 'd',
              grid: true,
              zero: true,
            },
            marks: [Plot.ruleY([0]), ...strokes(lines, ({ replicas }) => changes(replicas), { curve: 'step-after' })],
          })
    }`,
  };
}

/** All lines, then the targets' shapes upon them, so that one line hides no other's. */
function strokes(
  lines: readonly Line[],
  pointsOf: (trial: BurstTrial) => BurstTrial['latency'],
  options: Plot.LineYOptions = {},
): Plot.Markish[] {
  const at = { x: 'seconds', y: 'value' };
  const drawn = lines.map(({ trial, style }) => ({ trial, style, points: outline(pointsOf(trial), mostMarks.points) }));
  return [
    ...drawn.map(({ trial, style, points }) => {
      const dashes = trial.from === 0 ? { strokeDasharray: '6 4' } : {};
      return Plot.lineY(points, { ...at, stroke: style.colour, strokeWidth: 2, ...dashes, ...options });
    }),
    ...drawn.map(({ style, points }) => symbols(points, style, at)),
  ];
}
