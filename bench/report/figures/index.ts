import type { CostFigures } from '../../cost/index.ts';
import { eventsOf, type RunRecord, samplesOf } from '../../record/index.ts';
import { latencies, rateByBlock, type Summary } from '../../summary/index.ts';
import { replicasFigure, requestsFigure } from './autoscaling.ts';
import { baseBurstFigure } from './base-burst.ts';
import { burstFigure } from './burst.ts';
import { capacityFigure } from './capacity.ts';
import { coldStartFigure } from './cold-start.ts';
import { costFigure } from './cost.ts';
import { differenceFigure } from './difference.ts';
import { latencyFigure } from './latency.ts';
import type { Figure } from './plot.ts';
import { targetStyles } from './style.ts';
import { throughputFigure } from './throughput.ts';

export { draw, type Figure, swatch } from './plot.ts';

/** By what they are about; undefined where the run has no samples for one. */
export interface Figures extends Record<(typeof single)[number], Figure | undefined> {
  coldStarts: Figure[];
}

const single = [
  'difference',
  'latency',
  'throughput',
  'capacity',
  'requests',
  'replicas',
  'burst',
  'baseBurst',
  'cost',
] as const;

/** Every figure that the run has samples for. */
export function drawFigures({ targets, comparisons }: Summary, run: RunRecord, cost?: CostFigures): Figures {
  const styles = targetStyles(targets);
  const { objective, 'base-burst': shape } = run.manifest.settings;
  const values = new Map(targets.map(({ name }) => [name, latencies(samplesOf(run, name, 'latency'))]));
  const rates = new Map(
    targets.map(({ name }) => [
      name,
      rateByBlock(samplesOf(run, name, 'throughput'), eventsOf(run, name, 'throughput')),
    ]),
  );
  return {
    difference: differenceFigure(comparisons, targets, styles),
    latency: latencyFigure(targets, values, styles),
    throughput: throughputFigure(targets, rates, styles),
    capacity: capacityFigure(targets, objective, styles),
    requests: requestsFigure(targets, styles),
    replicas: replicasFigure(targets, styles),
    burst: burstFigure(targets, objective, styles),
    baseBurst: baseBurstFigure(targets, shape),
    coldStarts: targets.map(coldStartFigure).filter((figure) => figure !== undefined),
    cost: cost && costFigure(cost, styles),
  };
}
