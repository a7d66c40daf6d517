import * as Plot from '@observablehq/plot';
import type { BaseBurstFigures, TargetSummary } from '../../summary/index.ts';
import { describeBaseBurst } from '../base-burst.ts';
import { html } from '../html.ts';
import { draw, type Figure, roomFor } from './plot.ts';
import { bars, changes, mostMarks, outline } from './thin.ts';

type Shown = TargetSummary & { baseBurst: BaseBurstFigures };

/** Neighbours in a stack differ in lightness too. */
const colours = ['var(--blue)', 'var(--orange)', 'var(--sky)', 'var(--purple)', 'var(--green)'];

/** Who answered in each second of a burst on a base, and the replicas beneath, on the same time. */
export function baseBurstFigure(
  targets: readonly TargetSummary[],
  shape: { beforeSeconds: number; burstSeconds: number } | undefined,
): Figure | undefined {
  const shown = targets.filter((target): target is Shown => target.baseBurst !== undefined);
  if (shown.length === 0 || shape === undefined) return undefined;
  const who = [...new Set(shown.flatMap(({ baseBurst }) => baseBurst.served.map(({ by }) => by)))].sort();
  const colour = (by: string): string => colours[who.indexOf(by) % colours.length] ?? 'var(--grey)';
  const seconds = Math.max(1, ...shown.flatMap(({ baseBurst }) => baseBurst.served.map((point) => point.seconds + 1)));
  const rows = shown.flatMap(({ name, baseBurst }) =>
    who.flatMap((by) =>
      bars(
        baseBurst.served.filter((point) => point.by === by),
        seconds,
        mostMarks.bars,
      ).map((bar) => ({ target: name, by, ...bar })),
    ),
  );
  const replicas = shown.flatMap(({ name, baseBurst }) =>
    outline(changes(baseBurst.replicas), mostMarks.points).map((point) => ({ target: name, ...point })),
  );
  const edges = [shape.beforeSeconds, shape.beforeSeconds + shape.burstSeconds];
  const x = { label: 'seconds since the steady load began', domain: [0, seconds] };
  const fy = { label: null, domain: shown.map(({ name }) => name), padding: 0.2 };
  const marginRight = roomFor(shown.map(({ name }) => name));
  const most = Math.max(1, ...replicas.map(({ value }) => value));
  return {
    title: 'Burst on a base: who answered',
    caption: `${shown.map(describeBaseBurst).join(' ')} Answers in each second of the first trial, by who gave them; the dashed lines are where the burst begins and ends.${replicas.length > 0 ? ' Beneath: ready replicas.' : ''}`,
    legend: who.map((by) => ({ label: by, colour: colour(by) })),
    svg: html`${draw('Answers in each second of a burst on a base, by who gave them, for each target', {
      height: 80 + 100 * shown.length,
      marginRight,
      x: { ...x, label: replicas.length > 0 ? null : x.label },
      y: { label: 'answers a second', ticks: 4, grid: true },
      fy,
      marks: [
        Plot.rectY(
          rows,
          Plot.stackY({
            x1: 'from',
            x2: 'to',
            y: 'value',
            fy: 'target',
            fill: ({ by }: { by: string }) => colour(by),
            order: who,
            z: 'by',
            inset: 0.5,
          }),
        ),
        Plot.ruleX(edges, { strokeDasharray: '5 4' }),
        Plot.ruleY([0]),
      ],
    })}${
      replicas.length === 0
        ? undefined
        : draw('Ready replicas over the same time, for each target', {
            height: 70 + 60 * shown.length,
            marginRight,
            x,
            y: { label: 'ready replicas', ticks: Math.min(4, most), tickFormat: 'd', grid: true, domain: [0, most] },
            fy,
            marks: [
              Plot.lineY(replicas, {
                x: 'seconds',
                y: 'value',
                fy: 'target',
                stroke: 'var(--ink)',
                strokeWidth: 2,
                curve: 'step-after',
              }),
              Plot.ruleX(edges, { strokeDasharray: '5 4' }),
              Plot.ruleY([0]),
            ],
          })
    }`,
  };
}
