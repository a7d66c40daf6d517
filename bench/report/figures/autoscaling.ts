import * as Plot from '@observablehq/plot';
import type { Point, TargetSummary } from '../../summary/index.ts';
import { counted, duration } from '../format.ts';
import { draw, type Figure } from './plot.ts';

type Colours = ReadonlyMap<string, string>;

/** Requests answered in each second, a row for each target. */
export function requestsFigure(targets: readonly TargetSummary[], colours: Colours): Figure | undefined {
  const scaled = withAutoscaling(targets);
  if (scaled.length === 0) return undefined;
  const rows = (series: 'succeeded' | 'failed') =>
    scaled.flatMap(({ name, autoscaling }) => autoscaling[series].map((point) => ({ target: name, ...point })));
  const failed = rows('failed');
  return {
    title: 'Requests answered while load comes and goes',
    caption: `Requests answered in each second; the dashed line is where the load ends. ${failed.length === 0 ? 'None failed.' : 'Hatched grey bars are requests that failed.'}`,
    legend: [
      ...scaled.map(({ name }) => ({ label: name, colour: colours.get(name) ?? 'currentColor' })),
      ...(failed.length === 0 ? [] : [{ label: 'failed', colour: 'var(--grey)' }]),
    ],
    svg: draw('Requests answered in each second for each target', {
      height: 80 + 100 * scaled.length,
      marginRight: 90,
      x: { label: 'seconds since the load began' },
      y: { label: 'requests a second', ticks: 4, grid: true },
      fy: { label: null, domain: scaled.map(({ name }) => name) },
      marks: [
        Plot.rectY(rows('succeeded'), {
          x1: 'seconds',
          x2: (point) => point.seconds + 1,
          y: 'value',
          fy: 'target',
          fill: (point) => colours.get(point.target),
          fillOpacity: 0.75,
          inset: 0.5,
        }),
        Plot.rectY(failed, {
          x1: 'seconds',
          x2: (point) => point.seconds + 1,
          y: 'value',
          fy: 'target',
          fill: 'var(--grey)',
          inset: 0.5,
        }),
        loadEnd(scaled),
        Plot.ruleY([0]),
      ],
    }),
  };
}

/** Ready replicas over the same time. */
export function replicasFigure(targets: readonly TargetSummary[], colours: Colours): Figure | undefined {
  const scaled = withAutoscaling(targets).filter(({ autoscaling }) => autoscaling.replicas.length > 0);
  if (scaled.length === 0) return undefined;
  const points = scaled.flatMap(({ name, autoscaling }) =>
    autoscaling.replicas.map((point: Point) => ({ target: name, ...point })),
  );
  return {
    title: 'Replicas while load comes and goes',
    caption: `${scaled.map(describe).join(' ')} The dashed line is where the load ends.`,
    legend: scaled.map(({ name }) => ({ label: name, colour: colours.get(name) ?? 'currentColor' })),
    svg: draw('Ready replicas over time for each target', {
      x: { label: 'seconds since the load began' },
      y: {
        label: 'ready replicas',
        ticks: Math.max(1, ...points.map(({ value }) => value)),
        tickFormat: 'd',
        grid: true,
        zero: true,
      },
      marks: [
        Plot.ruleY([0]),
        Plot.lineY(points, {
          x: 'seconds',
          y: 'value',
          z: 'target',
          stroke: (point) => colours.get(point.target),
          strokeWidth: 2.5,
          curve: 'step-after',
        }),
        Plot.ruleX([Math.max(...scaled.map(({ autoscaling }) => autoscaling.loadSeconds))], { strokeDasharray: '5 4' }),
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
