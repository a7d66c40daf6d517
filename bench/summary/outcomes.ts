import { type Sample, succeeded } from '../load/index.ts';
import { type Estimate, samplingUnits, shareOverBlocks } from '../stats/index.ts';

/** What became of requests. Each is in exactly one count besides `attempts`. */
export interface Outcomes {
  attempts: number;
  succeeded: number;
  /** Answered, but not with a 2xx status. */
  refused: number;
  timeouts: number;
  connectionErrors: number;
  /** Answered with something that is no HTTP. */
  malformed: number;
}

export function countOutcomes(samples: readonly Sample[]): Outcomes {
  const count = (matches: (sample: Sample) => boolean): number => samples.filter(matches).length;
  return {
    attempts: samples.length,
    succeeded: count(succeeded),
    refused: count((sample) => sample.error === undefined && !succeeded(sample)),
    timeouts: count((sample) => sample.error === 'timeout'),
    connectionErrors: count((sample) => sample.error === 'connection'),
    malformed: count((sample) => sample.error === 'malformed'),
  };
}

/** The samples of each block, in the order of their numbers; blocks in which nothing was sent are not there. */
export function byBlock(samples: readonly Sample[]): Map<number, Sample[]> {
  const blocks = new Map<number, Sample[]>();
  for (const sample of samples) {
    const block = blocks.get(sample.block);
    if (block === undefined) blocks.set(sample.block, [sample]);
    else block.push(sample);
  }
  return new Map([...blocks].sort(([a], [b]) => a - b));
}

/** How many requests failed, of how many, in each block of each scenario, or request by request in a single block. */
export function failuresByUnit(samples: readonly Sample[]): { sum: number; count: number }[] {
  const scenarios = [...new Set(samples.map(({ scenario }) => scenario))];
  const blocks = scenarios.flatMap((each) => [
    ...byBlock(samples.filter(({ scenario }) => scenario === each)).values(),
  ]);
  return samplingUnits(blocks).map((unit) => ({
    sum: unit.filter((sample) => !succeeded(sample)).length,
    count: unit.length,
  }));
}

/** The share of requests that failed; undefined when nothing was sent. */
export function failureShare(samples: readonly Sample[]): Estimate | undefined {
  return samples.length === 0 ? undefined : shareOverBlocks(failuresByUnit(samples));
}
