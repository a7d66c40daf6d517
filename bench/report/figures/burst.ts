import * as Plot from '@observablehq/plot';
import type { Objective } from '../../objective/index.ts';
import type { BurstTrial, TargetSummary } from '../../summary/index.ts';
import { describeBurst } from '../burst.ts';
import { html } from '../html.ts';
import { draw, type Figure } from './plot.ts';

/** The first burst from each start of each target. */
interface Line {
  target: string;
  trial: BurstTrial;
  colour: string;
}

/** Latency over a burst, and the replicas beneath, on the same time. */
export function burstFigure(
  targets: readonly TargetSummary[],
  objective: Objective | undefined,
  colours: ReadonlyMap<string, string>,
): Figure | undefined {
  const lines = targets.flatMap(({ name, burst }): Line[] =>
    (burst?.starts ?? []).flatMap(({ from }) => {
      const trial = burst?.trials.find((each) => each.from === from);
      return trial === undefined ? [] : [{ target: name, trial, colour: colours.get(name) ?? 'currentColor' }];
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
    caption: `${targets.flatMap(describeBurst).join(' ')} Above: ${percentile} in each window, on a logarithmic scale; the level line is the objective’s limit, and a dot is where the objective holds again.${replicas.length > 0 ? ' Beneath: ready replicas.' : ''}${fromZero ? ' Dashed lines began with no replica.' : ''}`,
    legend: targets
      .filter(({ burst }) => burst !== undefined)
      .map(({ name }) => ({ label: name, colour: colours.get(name) ?? 'currentColor' })),
    svg: html`${draw(`Latency at ${percentile} over a burst, for each target`, {
      x: { ...x, label: replicas.length > 0 ? null : seconds },
      y: { label: 'latency, ms', type: 'log', grid: true, tickFormat: ',' },
      marks: [
        Plot.ruleY([objective.latencyMs], { strokeDasharray: '5 4', strokeWidth: 1.5 }),
        ...lines.map((line) => stroke(line, line.trial.latency)),
        ...lines.map(({ trial, colour }) =>
          Plot.dot(
            trial.latency.filter(({ seconds }) => seconds === trial.holdsAfterSeconds),
            { x: 'seconds', y: 'value', r: 5, fill: colour, stroke: 'var(--paper)' },
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
            marks: [
              Plot.ruleY([0]),
              ...lines.map((line) => stroke(line, line.trial.replicas, { curve: 'step-after' })),
            ],
          })
    }`,
  };
}

function stroke({ trial, colour }: Line, points: BurstTrial['latency'], options: Plot.LineYOptions = {}): Plot.Line {
  const dashes = trial.from === 0 ? { strokeDasharray: '6 4' } : {};
  return Plot.lineY(points, { x: 'seconds', y: 'value', stroke: colour, strokeWidth: 2, ...dashes, ...options });
}
