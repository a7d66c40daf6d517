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
  /** CPU seconds used for each answer of the throughput scenario, beyond what is used while idle. */
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
  const quiet = readings(idle);
  const [start, end] = [quiet[0], quiet.at(-1)];
  if (start === undefined || end === undefined) return undefined;
  const load = readings(throughput);
  const parts = end.parts.map((part) => describe(part, usedBetween(part.name, start, end), load));
  const cpuSecondsPerRequest = perRequest(cpuByBlock(idle, throughput));
  return {
    idleSeconds: (end.time - start.time) / 1000,
    parts,
    ...(cpuSecondsPerRequest === undefined ? {} : { cpuSecondsPerRequest }),
  };
}

/** What all parts together have used for the answers of each block, beyond what they use while idle. */
export function cpuByBlock(idle: readonly RunEvent[], throughput: readonly RunEvent[]): Spent[] {
  const quiet = readings(idle);
  const [start, end] = [quiet[0], quiet.at(-1)];
  if (start === undefined || end === undefined) return [];
  const load = readings(throughput);
  const parts = end.parts.map(({ name }) => spentByBlock(name, usedBetween(name, start, end), load));
  const told = parts.filter((spent) => perRequest(spent) !== undefined);
  // A block in which one of them is not known counts for none.
  const blocks = (told[0] ?? []).map((_, block) => told.map((spent) => spent[block]));
  return blocks.flatMap((spent) => {
    const known = spent.filter((each) => each !== undefined);
    if (known.length < spent.length) return [];
    return [{ sum: known.reduce((total, { sum }) => total + sum, 0), count: known[0]?.count ?? 0 }];
  });
}

type Reading = Extract<RunEvent, { kind: 'resources' }>;

/** At the start, then after each block; of a scenario without such, at the end. */
function readings(events: readonly RunEvent[]): Reading[] {
  const all = events.filter((event) => event.kind === 'resources');
  const blocks = all.filter(({ block }) => block !== undefined);
  return [
    ...all.filter(({ edge }) => edge === 'start'),
    ...(blocks.length === 0 ? all.filter(({ edge }) => edge === 'end') : blocks),
  ];
}

/** CPU seconds, and the answers that they were used for. */
interface Spent {
  sum: number;
  count: number;
}

function describe(
  { name, kind, processes, memoryBytes, reserved }: Part,
  quiet: Use | undefined,
  load: readonly Reading[],
): PartFigures {
  const loaded = heldUnderLoad(name, load.slice(1));
  const cpuSecondsPerRequest = perRequest(spentByBlock(name, quiet, load));
  return {
    name,
    kind,
    processes,
    idleMemoryBytes: memoryBytes,
    ...(quiet === undefined ? {} : { idleCpus: quiet.cpuSeconds / quiet.seconds }),
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

/** Beyond what it used in the quiet; undefined where that, or a block's use, is not known. */
function spentByBlock(name: string, quiet: Use | undefined, load: readonly Reading[]): (Spent | undefined)[] {
  return load.slice(1).map((reading, index) => {
    const before = load[index] as Reading;
    const used = usedBetween(name, before, reading);
    const count = (reading.answered ?? 0) - (before.answered ?? 0);
    if (quiet === undefined || used === undefined) return undefined;
    return { sum: used.cpuSeconds - (quiet.cpuSeconds / quiet.seconds) * used.seconds, count };
  });
}

/** @returns undefined when nothing was answered between two readings. */
function perRequest(spent: readonly (Spent | undefined)[]): Estimate | undefined {
  const known = spent.filter((block) => block !== undefined);
  if (!known.some(({ count }) => count > 0)) return undefined;
  const { value, low, high } = ratioOverBlocks(known);
  // Rounding of small counts must not make it negative; what has no bound keeps none.
  return { value: Math.max(0, value), low: Number.isFinite(low) ? Math.max(0, low) : low, high: Math.max(0, high) };
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
