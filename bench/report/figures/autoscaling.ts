import * as Plot from '@observablehq/plot';
import type { TargetSummary } from '../../summary/index.ts';
import { counted, duration } from '../format.ts';
import { draw, type Figure, roomFor } from './plot.ts';
import { type Styles, styleOf } from './style.ts';
import { bars, changes, mostMarks, outline } from './thin.ts';

/** Requests answered in each second, a row for each target. */
export function requestsFigure(targets: readonly TargetSummary[], styles: Styles): Figure | undefined {
  const scaled = withAutoscaling(targets);
  if (scaled.length === 0) return undefined;
  const points = scaled.flatMap(({ autoscaling }) => [...autoscaling.succeeded, ...autoscaling.failed]);
  const seconds = points.reduce((last, point) => Math.max(last, point.seconds + 1), 0);
  const rows = (series: 'succeeded' | 'failed') =>
    scaled.flatMap(({ name, autoscaling }) =>
      bars(autoscaling[series], seconds, mostMarks.bars).map((bar) => ({ target: name, ...bar })),
    );
  const failed = rows('failed');
  return {
    title: 'Requests answered while load comes and goes',
    caption: `Requests answered in each second; the dashed line is where the load ends. ${failed.length === 0 ? 'None failed.' : 'Narrow grey bars are requests that failed.'}`,
    legend: failed.length === 0 ? [] : [{ label: 'failed', colour: 'var(--grey)' }],
    svg: draw('Requests answered in each second for each target', {
      height: 80 + 100 * scaled.length,
      marginRight: roomFor(scaled.map(({ name }) => name)),
      x: { label: 'seconds since the load began' },
      y: { label: 'requests a second', ticks: 4, grid: true },
      fy: { label: null, domain: scaled.map(({ name }) => name) },
      marks: [
        Plot.rectY(rows('succeeded'), {
          x1: 'from',
          x2: 'to',
          y: 'value',
          fy: 'target',
          fill: ({ target }) => styleOf(styles, target).colour,
          fillOpacity: 0.75,
          inset: 0.5,
        }),
        Plot.rectY(failed, {
          x1: ({ from, to }) => from + (to - from) / 4,
          x2: ({ from, to }) => to - (to - from) / 4,
          y: 'value',
          fy: 'target',
          fill: 'var(--grey)',
        }),
        loadEnd(scaled),
        Plot.ruleY([0]),
      ],
    }),
  };
}

/** Ready replicas over the same time, a row for each target. */
export function replicasFigure(targets: readonly TargetSummary[], styles: Styles): Figure | undefined {
  const scaled = withAutoscaling(targets).filter(({ autoscaling }) => autoscaling.replicas.length > 0);
  if (scaled.length === 0) return undefined;
  const points = scaled.flatMap(({ name, autoscaling }) =>
    outline(changes(autoscaling.replicas), mostMarks.points).map((point) => ({ target: name, ...point })),
  );
  const most = Math.max(1, ...points.map(({ value }) => value));
  const at = { x: 'seconds', y: 'value', fy: 'target' };
  const colour = ({ target }: { target: string }): string => styleOf(styles, target).colour;
  return {
    title: 'Replicas while load comes and goes',
    caption: `${scaled.map(describe).join(' ')} The dashed line is where the load ends.`,
    legend: [],
    svg: draw('Ready replicas over time for each target', {
      height: 80 + 90 * scaled.length,
      marginRight: roomFor(scaled.map(({ name }) => name)),
      x: { label: 'seconds since the load began' },
      y: { label: 'ready replicas', ticks: Math.min(4, most), tickFormat: 'd', grid: true, domain: [0, most] },
      fy: { label: null, domain: scaled.map(({ name }) => name), padding: 0.25 },
      marks: [
        Plot.areaY(points, { ...at, fill: colour, fillOpacity: 0.25, curve: 'step-after' }),
        Plot.lineY(points, { ...at, stroke: colour, strokeWidth: 2.5, curve: 'step-after' }),
        loadEnd(scaled),
        Plot.ruleY([0]),
      ],
    }),
  };
}

type Scaled = TargetSummary & { autoscaling: NonNullable<TargetSummary['autoscaling']> };

function withAutoscaling(targets: readonly TargetSummary[]): Scaled[] {
  return targets.filter((target): target is Scaled => target.autoscaling !== undefined);
}

function loadEnd(scaled: readonly Scaled[]): Plot.RuleX {
  const ends = scaled.map(({ name, autoscaling }) => ({ target: name, seconds: autoscaling.loadSeconds }));
  return Plot.ruleX(ends, { x: 'seconds', fy: 'target', strokeDasharray: '5 4' });
}

function describe({ name, autoscaling }: Scaled): string {
  const { peakReplicas, peakAfterSeconds, backAfterSeconds } = autoscaling;
  if (peakReplicas === undefined) return '';
  if (peakAfterSeconds === undefined) return `${name} stays at ${counted(peakReplicas, 'replica')}.`;
  const back = backAfterSeconds === undefined ? '' : ` and is back ${duration(backAfterSeconds * 1000)} after the load`;
  return `${name} reaches ${counted(peakReplicas, 'replica')} after ${duration(peakAfterSeconds * 1000)}${back}.`;
}
