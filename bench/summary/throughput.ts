import { type Sample, succeeded } from '../load/index.ts';
import type { RunEvent } from '../record/index.ts';
import { type Estimate, mean, meanEstimate, quantileOverBlocks } from '../stats/index.ts';
import { latencyBlocks } from './latency.ts';
import { byBlock, countOutcomes, type Outcomes } from './outcomes.ts';

/** How many requests succeed while several connections never pause. */
export interface ThroughputFigures extends Outcomes {
  /** Successes a second: the mean over blocks. */
  perSecond: Estimate;
  /** Seconds measured in all. */
  seconds: number;
  /** Milliseconds under this load. */
  median: Estimate;
  p95: Estimate;
  /** Most replicas seen at the end of a block; absent where the target cannot tell. */
  replicas?: number;
  /** CPU seconds that all processes of the target used for each success; absent where the target cannot tell. */
  cpuSecondsPerRequest?: number;
}

/** The throughput figures of one target; undefined when no block came to its end. */
export function summariseThroughput(
  samples: readonly Sample[],
  events: readonly RunEvent[],
): ThroughputFigures | undefined {
  const windows = blockWindows(events);
  const rates = rateByBlock(samples, events);
  if (rates.size === 0) return undefined;
  const blocks = latencyBlocks(samples);
  const cpu = cpuSecondsPerRequest(rates, events);
  const seen = events.flatMap((event) => (event.kind === 'replicas' ? [event.ready] : []));
  return {
    ...countOutcomes(samples),
    perSecond: meanEstimate([...rates.values()]),
    seconds: [...windows.values()].reduce((sum, { start, end }) => sum + (end - start) / 1000, 0),
    median: quantileOverBlocks(blocks, 0.5),
    p95: quantileOverBlocks(blocks, 0.95),
    ...(seen.length === 0 ? {} : { replicas: Math.max(...seen) }),
    ...(cpu === undefined ? {} : { cpuSecondsPerRequest: cpu }),
  };
}

/** Successes a second of each block that came to its end, by block number. */
export function rateByBlock(samples: readonly Sample[], events: readonly RunEvent[]): Map<number, number> {
  const blocks = byBlock(samples);
  return new Map(
    [...blockWindows(events)].map(([block, { start, end }]) => {
      const successes = (blocks.get(block) ?? []).filter(succeeded).length;
      return [block, successes / ((end - start) / 1000)] as const;
    }),
  );
}

interface Window {
  start: number;
  end: number;
}

function blockWindows(events: readonly RunEvent[]): Map<number, Window> {
  const edges = events.filter((event) => event.kind === 'block');
  return new Map(
    edges.flatMap(({ edge, block, time: start }) => {
      const end = edges.find((other) => other.edge === 'end' && other.block === block)?.time;
      return edge === 'start' && end !== undefined && end > start ? [[block, { start, end }] as const] : [];
    }),
  );
}

/** CPU used between the readings at a block's two edges, as CPU seconds a second, over the block's successes a second. */
function cpuSecondsPerRequest(rates: ReadonlyMap<number, number>, events: readonly RunEvent[]): number | undefined {
  const readings = events.filter((event) => event.kind === 'resources');
  const perBlock = [...rates].flatMap(([block, rate]) => {
    const at = (edge: 'start' | 'end') => readings.find((reading) => reading.block === block && reading.edge === edge);
    const before = at('start');
    const after = at('end');
    if (before === undefined || after === undefined || rate === 0) return [];
    return [((after.cpuSeconds - before.cpuSeconds) * 1000) / (after.time - before.time) / rate];
  });
  return perBlock.length === 0 ? undefined : mean(perBlock);
}
