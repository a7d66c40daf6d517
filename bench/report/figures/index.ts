import type { RunRecord } from '../../record/index.ts';
import { latencies, rateByBlock, type Summary } from '../../summary/index.ts';
import { replicasFigure, requestsFigure } from './autoscaling.ts';
import { coldStartFigure } from './cold-start.ts';
import { latencyFigure } from './latency.ts';
import { type Figure, targetColours } from './plot.ts';
import { throughputFigure } from './throughput.ts';

export type { Figure } from './plot.ts';

/** Every figure that the run has samples for. */
export function drawFigures({ targets }: Summary, { samples, events }: RunRecord): Figure[] {
  const colours = targetColours(targets);
  const of = (target: string, scenario: string) =>
    samples.filter((sample) => sample.target === target && sample.scenario === scenario);
  const values = new Map(targets.map(({ name }) => [name, latencies(of(name, 'latency'))]));
  const rates = new Map(
    targets.map(({ name }) => {
      const own = events.filter(
        (event) => event.target === name && 'scenario' in event && event.scenario === 'throughput',
      );
      return [name, rateByBlock(of(name, 'throughput'), own)];
    }),
  );
  return [
    latencyFigure(targets, values, colours),
    requestsFigure(targets, colours),
    replicasFigure(targets, colours),
    ...targets.map(coldStartFigure),
    throughputFigure(targets, rates, colours),
  ].filter((figure) => figure !== undefined);
}
