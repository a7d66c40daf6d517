import type { Part, RunEvent } from '../record/index.ts';
import { type Estimate, ratioOverBlocks } from '../stats/index.ts';

/** What one part of a target holds and uses. Figures that could not be read are absent. */
export interface PartFigures {
  name: string;
  kind: Part['kind'];
  /** Without requests, as the target was deployed. */
  processes: number;
  /** Bytes held without requests. */
  idleMemoryBytes: number;
  /** Cores in use without requests: CPU seconds a second. */
  idleCpus?: number;
  loaded?: LoadedFigures;
  /**
   * CPU seconds used for each answer of the throughput scenario, beyond what is used while idle; the interval holds what
   * is not known of that too.
   */
  cpuSecondsPerRequest?: Estimate;
  reserved?: { cpus: number; memoryBytes: number };
}

/** Right after the throughput scenario. */
export interface LoadedFigures {
  /** With the least and the most of what was held after its blocks: a range of what was seen, no confidence interval. */
  memoryBytes: Estimate;
  processes: number;
}

export interface ResourceFigures {
  /** Seconds without requests that the idle figures are of. */
  idleSeconds: number;
  parts: PartFigures[];
  /** Of all parts together. */
  cpuSecondsPerRequest?: Estimate;
}

/** What the parts of a target hold and use; undefined where it could not tell. */
export function summariseResources(
  idle: readonly RunEvent[],
  throughput: readonly RunEvent[],
): ResourceFigures | undefined {
  const quiet = readingsOf(idle);
  const [start, end] = [quiet[0], quiet.at(-1)];
  if (start === undefined || end === undefined) return undefined;
  const load = loadReadings(throughput);
  const works = end.parts.map((part) => ({ part, work: workOf(part, quiet, load) }));
  const cpuSecondsPerRequest = perRequest(together(works.map(({ work }) => work)));
  return {
    idleSeconds: (end.time - start.time) / 1000,
    parts: works.map(({ part, work }) => describe(part, work, load)),
    ...(cpuSecondsPerRequest === undefined ? {} : { cpuSecondsPerRequest }),
  };
}

/**
 * What all parts together have used for the answers of each block, beyond what they use while idle, and how far CPU
 * seconds for each answer may be off, the same way in all blocks, by what is not known of the idle use.
 */
export function cpuByBlock(
  idle: readonly RunEvent[],
  throughput: readonly RunEvent[],
): { blocks: Spent[]; sharedError: number } {
  const quiet = readingsOf(idle);
  const load = loadReadings(throughput);
  const works = quiet.at(-1)?.parts.map((part) => workOf(part, quiet, load)) ?? [];
  const work = together(works);
  if (work === undefined) return { blocks: [], sharedError: 0 };
  const { below, above } = sharedErrors(work);
  return { blocks: knownBlocks(work), sharedError: Math.max(below, above) };
}

type Reading = Extract<RunEvent, { kind: 'resources' }>;

function readingsOf(events: readonly RunEvent[]): Reading[] {
  return events.filter((event) => event.kind === 'resources');
}

/** At the start, then after each block; of an older run, which has none of these, at the end. */
function loadReadings(events: readonly RunEvent[]): Reading[] {
  const all = readingsOf(events);
  const blocks = all.filter(({ block }) => block !== undefined);
  return [
    ...all.filter(({ edge }) => edge === 'start'),
    ...(blocks.length === 0 ? all.filter(({ edge }) => edge === 'end') : blocks),
  ];
}

/** CPU seconds beyond what is used while idle, the answers that they were used for, and the time in which. */
interface Spent {
  sum: number;
  count: number;
  seconds: number;
}

/** What was used under load, and the cores used while idle that were taken off. */
interface Work {
  idle: Estimate;
  /** Undefined for a block whose use is not known. */
  blocks: (Spent | undefined)[];
}

function describe(
  { name, kind, processes, memoryBytes, reserved }: Part,
  work: Work | undefined,
  load: readonly Reading[],
): PartFigures {
  const loaded = heldUnderLoad(name, load.slice(1));
  const cpuSecondsPerRequest = perRequest(work);
  return {
    name,
    kind,
    processes,
    idleMemoryBytes: memoryBytes,
    ...(work === undefined ? {} : { idleCpus: work.idle.value }),
    ...(loaded === undefined ? {} : { loaded }),
    ...(cpuSecondsPerRequest === undefined ? {} : { cpuSecondsPerRequest }),
    ...(reserved === undefined ? {} : { reserved }),
  };
}

function heldUnderLoad(name: string, load: readonly Reading[]): LoadedFigures | undefined {
  const held = load.flatMap(({ parts }) => parts.find((part) => part.name === name) ?? []);
  const last = held.at(-1);
  if (last === undefined) return undefined;
  const { memoryBytes, processes } = last;
  const alike = held.filter((part) => part.processes === processes).map((part) => part.memoryBytes);
  return { memoryBytes: { value: memoryBytes, low: Math.min(...alike), high: Math.max(...alike) }, processes };
}

/** @returns undefined when it is not known what the part uses while idle. */
function workOf(part: Part, quiet: readonly Reading[], load: readonly Reading[]): Work | undefined {
  const idle = idleCores(part, quiet);
  if (idle === undefined) return undefined;
  const blocks = load.slice(1).map((reading, index) => {
    const before = load[index] as Reading;
    const used = usedBetween(part.name, before, reading);
    if (used === undefined) return undefined;
    const { cpuSeconds, seconds } = used;
    const count = (reading.answered ?? 0) - (before.answered ?? 0);
    return { sum: cpuSeconds - idle.value * seconds, count, seconds };
  });
  return { idle, blocks };
}

/** How far a count of one process may be off: user and system time of a local one are told in whole hundredths. */
const countedTo = 0.02;

/**
 * Cores in use without requests. Several stretches of the quiet tell by their scatter how well that is known, by
 * Student's t; a single one does not, and is taken for anything from none to twice as much.
 */
function idleCores({ name, processes }: Part, quiet: readonly Reading[]): Estimate | undefined {
  const used = quiet.slice(1).flatMap((after, index) => usedBetween(name, quiet[index] as Reading, after) ?? []);
  if (used.length === 0) return undefined;
  const { value, ...interval } = ratioOverBlocks(
    used.map(({ cpuSeconds, seconds }) => ({ sum: cpuSeconds, count: seconds })),
  );
  const { low, high } = used.length === 1 ? { low: 0, high: 2 * value } : interval;
  const unseen = (countedTo * processes) / total(used, 'seconds');
  return { value, low: Math.max(0, low - unseen), high: high + unseen };
}

/** Of those parts whose use for requests is known. Their idle rates may be wrong to the same side, so ends add up. */
function together(works: readonly (Work | undefined)[]): Work | undefined {
  const known = works.flatMap((work) => (work === undefined || perRequest(work) === undefined ? [] : [work]));
  if (known.length === 0) return undefined;
  const idle = known.map((work) => work.idle);
  return {
    idle: { value: total(idle, 'value'), low: total(idle, 'low'), high: total(idle, 'high') },
    blocks: (known[0]?.blocks ?? []).map((first, block) => {
      const spent = known.flatMap((work) => work.blocks[block] ?? []);
      // A block in which one of them is not known counts for none.
      if (first === undefined || spent.length < known.length) return undefined;
      return { ...first, sum: total(spent, 'sum') };
    }),
  };
}

function knownBlocks({ blocks }: Work): Spent[] {
  return blocks.filter((block) => block !== undefined);
}

/** CPU seconds for each answer by which the figure may be too high, or too low, for its idle rate. */
function sharedErrors(work: Work): { below: number; above: number } {
  const { idle } = work;
  const blocks = knownBlocks(work);
  const answers = total(blocks, 'count');
  const secondsEach = answers === 0 ? 0 : total(blocks, 'seconds') / answers;
  return { below: (idle.high - idle.value) * secondsEach, above: (idle.value - idle.low) * secondsEach };
}

/**
 * The error of the idle rate is one for all blocks, so their scatter does not show it. The interval is that of a
 * difference of two figures that are known apart, from the distances of their own ends (Zou and Donner, Statistics in
 * Medicine 27, 2008, 1693-1702).
 *
 * @returns undefined when nothing was answered between two readings.
 */
function perRequest(work: Work | undefined): Estimate | undefined {
  if (work === undefined) return undefined;
  const blocks = knownBlocks(work);
  if (!blocks.some(({ count }) => count > 0)) return undefined;
  const { value, low, high } = ratioOverBlocks(blocks);
  const shared = sharedErrors(work);
  const below = Math.hypot(value - low, shared.below);
  const above = Math.hypot(high - value, shared.above);
  // Rounding of small counts must not make it negative; what has no bound keeps none.
  return {
    value: Math.max(0, value),
    low: Number.isFinite(low) ? Math.max(0, value - below) : low,
    high: Math.max(0, value + above),
  };
}

function total<Key extends string>(all: readonly Record<Key, number>[], key: Key): number {
  return all.reduce((sum, each) => sum + each[key], 0);
}

interface Use {
  cpuSeconds: number;
  seconds: number;
}

/** What a part has used between two readings; undefined when one lacks it, or its count began anew between. */
function usedBetween(name: string, start: Reading, end: Reading): Use | undefined {
  const [before, after] = [start, end].map(({ parts }) => parts.find((part) => part.name === name));
  if (before === undefined || after === undefined) return undefined;
  const seconds = (after.time - before.time) / 1000;
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
  return seconds > 0 && cpuSeconds >= 0 ? { cpuSeconds, seconds } : undefined;
}
