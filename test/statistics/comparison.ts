import type { Sample } from '../../bench/load/index.ts';
import type { RunEvent, Settings } from '../../bench/record/index.ts';
import { type Random, seeded } from '../../bench/stats/index.ts';
import { type Comparison, summarise } from '../../bench/summary/index.ts';
import { makeManifest, makeSample } from '../double/run.ts';
import { interleaved, type Machine, type Serve, start, timedBlocks } from './simulated.ts';

/** What a verdict rests on. */
export type Figure = Comparison['figure'];
export const figures: readonly Figure[] = ['median latency', 'p95 latency', 'throughput'];

/** How much of the scenarios that have such a figure. */
export type Size = Pick<Settings, 'latency' | 'throughput'>;

const names = ['server', 'serverless'];

/**
 * Whether a comparison shows a difference that is there: that the second target is the slower one, if it is. Of targets
 * that are alike, whether it shows any.
 */
export function showsDifference({ figure, difference: { higher } }: Shown, second: 'same' | 'slower'): boolean {
  if (second === 'same') return higher !== 'none shown';
  return higher === (figure === 'throughput' ? 'a' : 'b');
}

type Shown = Pick<Comparison, 'figure'> & { difference: Pick<Comparison['difference'], 'higher'> };

/**
 * The figures in which a run shows the difference between two targets on a simulated machine, the second of them slower
 * by a factor, or none at all (1): samples, summary and comparison are those of a real run.
 */
export function figuresShown(machine: Machine, size: Size, slowness: number, seed: number): Figure[] {
  const random = seeded(seed);
  const serve = start(machine, random);
  const throughput = timed(serve, size, slowness, random);
  const samples = [...latencies(serve, size, slowness, random), ...throughput.samples];
  const { comparisons } = summarise({ manifest: makeManifest(), samples, events: throughput.events });
  if (comparisons.length !== figures.length) throw new Error(`${comparisons.length} figures were compared`);
  const second = slowness > 1 ? 'slower' : 'same';
  return comparisons.filter((each) => showsDifference(each, second)).map(({ figure }) => figure);
}

/** How many of so many runs, each with a seed of its own, show a difference: in any figure, and in each. */
export function countShown(trials: number, shown: (seed: number) => readonly Figure[]): Record<'any' | Figure, number> {
  const runs = Array.from({ length: trials }, (_, index) => shown(index + 1));
  const count = (in_: (run: readonly Figure[]) => boolean): number => runs.filter(in_).length;
  return {
    any: count((run) => run.length > 0),
    'median latency': count((run) => run.includes('median latency')),
    'p95 latency': count((run) => run.includes('p95 latency')),
    throughput: count((run) => run.includes('throughput')),
  };
}

function latencies(serve: Serve, { latency }: Size, slowness: number, random: Random): Sample[] {
  const { requests, blocks, warmup } = latency;
  const size = { slowness: [1, slowness], requests: requests / blocks, blocks, warmup };
  return interleaved(serve, size, random).flatMap((target, index) =>
    target.flatMap((times, block) =>
      times.map((time) => makeSample({ target: names[index] ?? '', block, intended: 1000, answered: 1000 + time })),
    ),
  );
}

function timed(
  serve: Serve,
  { throughput }: Size,
  slowness: number,
  random: Random,
): { samples: Sample[]; events: RunEvent[] } {
  const blocks = timedBlocks(serve, { ...throughput, slowness: [1, slowness] }, random).flatMap((target, index) =>
    target.map((timedBlock, block) => ({
      ...timedBlock,
      of: { scenario: 'throughput', target: names[index] ?? '', block },
    })),
  );
  return {
    samples: blocks.flatMap(({ of, exchanges }) =>
      exchanges.map(({ sent, answered }) => makeSample({ ...of, intended: sent, answered })),
    ),
    events: blocks.flatMap(({ of, start: from, end }): RunEvent[] => [
      { kind: 'block', ...of, time: from, edge: 'start' },
      { kind: 'block', ...of, time: end, edge: 'end' },
    ]),
  };
}
