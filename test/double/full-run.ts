import type { Sample } from '../../bench/load/index.ts';
import type { RunEvent, RunRecord } from '../../bench/record/index.ts';
import { makeManifest, makeSample } from './run.ts';

/** How much of each scenario there is: blocks, trials or bursts, and the requests of each. */
export interface Size {
  blocks: number;
  requests: number;
}

const of = (scenario: string) => ({ scenario, target: 'server' });

/**
 * A test double: a run of one target from which every figure can be had, if it is not too small. Blocks get slower, each
 * tenth request fails, and a burst breaks the objective at its beginning.
 */
export function makeFullRun(size: Size): RunRecord {
  return {
    manifest: makeManifest({ targets: makeManifest().targets.slice(0, 1) }),
    samples: [
      ...['latency', 'throughput'].flatMap((scenario) => inBlocks(scenario, size)),
      // So few that none fails: the one probe keeps the objective.
      ...inBlocks('capacity', { blocks: 1, requests: 9 }),
      ...inBlocks('cold-start', { blocks: size.blocks, requests: 1 }),
      ...inBlocks('autoscaling', { blocks: 1, requests: size.blocks * size.requests }),
      ...bursts(size),
    ],
    events: [...timedBlocks(size), ...loads(size), ...replicas(), ...resources(size), probe()],
  };
}

function inBlocks(scenario: string, { blocks, requests }: Size): Sample[] {
  return Array.from({ length: blocks * requests }, (_, index) => {
    const [block, intended] = [Math.floor(index / requests), 1000 * index];
    const status = index % 10 === 9 ? 500 : 200;
    return makeSample({ ...of(scenario), block, intended, answered: intended + 5 + block + (index % 7), status });
  });
}

/** Ten seconds each. The first request fails and is late, those of the first two seconds are late. */
function bursts({ blocks, requests }: Size): Sample[] {
  return Array.from({ length: blocks * requests }, (_, index) => {
    const [block, nth] = [Math.floor(index / requests), index % requests];
    const intended = block * 60_000 + nth * (10_000 / requests);
    const late = nth < requests / 5 + (block % 2);
    const status = nth === 0 ? 500 : 200;
    return makeSample({ ...of('burst'), block, intended, answered: intended + (late ? 500 : 5), status });
  });
}

function timedBlocks({ blocks }: Size): RunEvent[] {
  return Array.from({ length: blocks }, (_, block): RunEvent[] => {
    const event = { kind: 'block', ...of('throughput'), block } as const;
    const start = block * 10_000;
    return [
      { ...event, time: start, edge: 'start' },
      { ...event, time: start + 1000 * (block + 1), edge: 'end' },
    ];
  }).flat();
}

function loads({ blocks }: Size): RunEvent[] {
  const burst = { kind: 'load', ...of('burst'), from: 1 } as const;
  return [
    { kind: 'load', time: 0, ...of('autoscaling'), edge: 'start' },
    { kind: 'load', time: 5000, ...of('autoscaling'), edge: 'end' },
    ...Array.from({ length: blocks }, (_, block): RunEvent[] => [
      { ...burst, block, time: block * 60_000, edge: 'start' },
      { ...burst, block, time: block * 60_000 + 10_000, edge: 'end' },
    ]).flat(),
  ];
}

function replicas(): RunEvent[] {
  const seen = [
    { time: 0, ready: 1 },
    { time: 2000, ready: 3 },
    { time: 9000, ready: 1 },
  ];
  return seen.map(({ time, ready }) => ({ kind: 'replicas', ...of('autoscaling'), time, ready, desired: ready }));
}

/** After each timed block the process has used more for as many answers. */
function resources({ blocks, requests }: Size): RunEvent[] {
  const read = (scenario: string, time: number, cpuSeconds: number) => ({
    ...({ kind: 'resources', time, ...of(scenario) } as const),
    parts: [{ name: 'classifier', kind: 'replica' as const, time, cpuSeconds, memoryBytes: 1e8, processes: 1 }],
  });
  return [
    { ...read('idle', 0, 0), edge: 'start' },
    { ...read('idle', 1000, 0.01), edge: 'end' },
    { ...read('throughput', 1000, 0.01), edge: 'start' },
    ...Array.from({ length: blocks }, (_, block) => ({
      ...read('throughput', 2000 + block * 1000, (block + 1) ** 2),
      ...{ block, answered: (block + 1) * requests },
    })),
    read('cold-start', 0, 0),
  ];
}

function probe(): RunEvent {
  return { kind: 'probe', time: 0, ...of('capacity'), block: 0, rate: 10, seconds: 10, givenUp: false };
}
