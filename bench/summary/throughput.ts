import { type Sample, succeeded } from '../load/index.ts';
import type { RunEvent } from '../record/index.ts';
import { type Estimate, meanEstimate, quantileOverBlocks } from '../stats/index.ts';
import { latencyBlocks } from './latency.ts';
import { byBlock, countOutcomes, failureShare, type Outcomes } from './outcomes.ts';

/** How many requests succeed while several connections never pause. */
export interface ThroughputFigures extends Outcomes {
  /** Successes a second: the mean over blocks. */
  perSecond: Estimate;
  /** Seconds measured in all. */
  seconds: number;
  /** Milliseconds under this load. */
  median: Estimate;
  p95: Estimate;
  /** Absent when nothing was sent. */
  failedShare?: Estimate;
  /** Requests without an answer at the end of a block, where the oldest had waited the longest; they are in no count. */
  underway?: { requests: number; oldestMs: number };
  /** Most replicas seen at the end of a block; absent where the target cannot tell. */
  replicas?: number;
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
  const left = events.flatMap((event) => (event.kind === 'block' ? (event.underway ?? []) : []));
  const [longest] = left.toSorted((a, b) => b.oldestMs - a.oldestMs);
  const failed = failureShare(samples);
  const seen = events.flatMap((event) => (event.kind === 'replicas' ? [event.ready] : []));
  return {
    ...countOutcomes(samples),
    perSecond: meanEstimate([...rates.values()]),
    seconds: [...windows.values()].reduce((sum, { start, end }) => sum + (end - start) / 1000, 0),
    median: quantileOverBlocks(blocks, 0.5),
    p95: quantileOverBlocks(blocks, 0.95),
    ...(failed === undefined ? {} : { failedShare: failed }),
    ...(longest === undefined ? {} : { underway: longest }),
    ...(seen.length === 0 ? {} : { replicas: Math.max(...seen) }),
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
