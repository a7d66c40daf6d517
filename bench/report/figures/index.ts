import type { CostFigures } from '../../cost/index.ts';
import { eventsOf, type RunRecord, samplesOf } from '../../record/index.ts';
import { latencies, rateByBlock, type Summary } from '../../summary/index.ts';
import { replicasFigure, requestsFigure } from './autoscaling.ts';
import { burstFigure } from './burst.ts';
import { capacityFigure } from './capacity.ts';
import { coldStartFigure } from './cold-start.ts';
import { costFigure } from './cost.ts';
import { latencyFigure } from './latency.ts';
import { type Figure, targetColours } from './plot.ts';
import { throughputFigure } from './throughput.ts';

export { draw, type Figure } from './plot.ts';

/** Every figure that the run has samples for. */
export function drawFigures({ targets }: Summary, run: RunRecord, cost?: CostFigures): Figure[] {
  const colours = targetColours(targets);
  const values = new Map(targets.map(({ name }) => [name, latencies(samplesOf(run, name, 'latency'))]));
  const rates = new Map(
    targets.map(({ name }) => [
      name,
      rateByBlock(samplesOf(run, name, 'throughput'), eventsOf(run, name, 'throughput')),
    ]),
  );
  return [
    latencyFigure(targets, values, colours),
    requestsFigure(targets, colours),
    replicasFigure(targets, colours),
    burstFigure(targets, run.manifest.settings.objective, colours),
    ...targets.map(coldStartFigure),
    throughputFigure(targets, rates, colours),
    capacityFigure(targets, run.manifest.settings.objective, colours),
    cost && costFigure(cost, colours),
  ].filter((figure) => figure !== undefined);
}
