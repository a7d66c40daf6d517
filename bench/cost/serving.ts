import type { Estimate } from '../stats/index.ts';
import type { PartFigures, TargetSummary } from '../summary/index.ts';
import type { FixedPart, FunctionUse, Need, Serving } from './model.ts';

const gib = 2 ** 30;

/** Which end of what was measured is taken, or its value. */
export interface Ends {
  /** Of the throughput, and of a request's time; or, in their unit, a number between the ends. */
  pace: End | number;
  /** Of the CPU for each request. */
  cpu: End;
  /** Of the memory held after the blocks of throughput. */
  memory: End;
}

type End = 'low' | 'value' | 'high';

const asMeasured: Ends = { pace: 'value', cpu: 'value', memory: 'value' };

/** What a target's cost follows from; undefined where it was not measured, has no such end, or failed. */
export function servingOf(target: TargetSummary, ends = asMeasured): Serving | undefined {
  const { resources, throughput, failed } = target;
  if (failed || resources === undefined || throughput === undefined) return undefined;
  const perSecond = paceOf(throughput.perSecond, ends) / (throughput.replicas ?? 1);
  const replicaParts = resources.parts.filter(({ kind }) => kind === 'replica');
  const needs = replicaParts.map((part) => needOfReplica(part, perSecond, ends));
  const fixed = resources.parts.filter(({ kind }) => kind === 'fixed').map((part) => fixedPart(part, ends));
  const cpus = [...needs.map((need) => need.cpus), ...fixed.map((part) => part.cpuSecondsPerRequest)];
  if (!(perSecond > 0) || needs.length === 0 || ![perSecond, ...cpus].every(Number.isFinite)) return undefined;
  return {
    fixed,
    replica: needs.reduce((sum, need) => ({ cpus: sum.cpus + need.cpus, gib: sum.gib + need.gib })),
    perSecond,
    leastReplicas: target.atZero === undefined ? Math.max(1, ...replicaParts.map(({ processes }) => processes)) : 0,
    followsLoad: followsLoad(target),
  };
}

/** A function does; anything else if more replicas came with the load of the autoscaling scenario. */
function followsLoad({ architecture, autoscaling }: TargetSummary): boolean {
  return architecture === 'serverless' || autoscaling?.peakAfterSeconds !== undefined;
}

/** What is kept for one replica, or else what it uses under full load. */
function needOfReplica(part: PartFigures, perSecond: number, ends: Ends): Need {
  if (part.reserved !== undefined && part.processes > 0) {
    return { cpus: part.reserved.cpus / part.processes, gib: part.reserved.memoryBytes / part.processes / gib };
  }
  const idle = (part.idleCpus ?? 0) / Math.max(1, part.processes);
  return { cpus: idle + cpuOf(part, ends) * perSecond, gib: heldByOne(part, ends) / gib };
}

function fixedPart(part: PartFigures, ends: Ends): FixedPart {
  const { idleCpus = 0, idleMemoryBytes, loaded, reserved } = part;
  const memoryBytes = reserved?.memoryBytes ?? Math.max(idleMemoryBytes, loaded?.memoryBytes[ends.memory] ?? 0);
  return { cpus: reserved?.cpus ?? 0, gib: memoryBytes / gib, idleCpus, cpuSecondsPerRequest: cpuOf(part, ends) };
}

function paceOf(measured: Estimate, { pace }: Ends): number {
  return typeof pace === 'number' ? pace : measured[pace];
}

/** CPU seconds for each request; none where that could not be read. */
function cpuOf({ cpuSecondsPerRequest }: PartFigures, ends: Ends): number {
  return cpuSecondsPerRequest?.[ends.cpu] ?? 0;
}

/** What one request would take of a cloud's function that does the same work; undefined where that was not measured. */
export function functionUseOf(
  { latency, resources, failed }: TargetSummary,
  ends = asMeasured,
): FunctionUse | undefined {
  const parts = resources?.parts.filter(({ kind }) => kind === 'replica') ?? [];
  const cpu = parts.map(({ cpuSecondsPerRequest }) => cpuSecondsPerRequest?.[ends.cpu] ?? Number.NaN);
  const cpuSeconds = cpu.reduce((sum, each) => sum + each, 0);
  if (failed || latency === undefined || parts.length === 0) return undefined;
  const seconds = paceOf(latency.mean, ends) / 1000;
  if (!Number.isFinite(cpuSeconds) || !Number.isFinite(seconds)) return undefined;
  return { seconds, gib: parts.reduce((sum, part) => sum + heldByOne(part, ends), 0) / gib, cpuSeconds };
}

function heldByOne({ idleMemoryBytes, processes, loaded }: PartFigures, ends: Ends): number {
  const idle = idleMemoryBytes / Math.max(1, processes);
  return Math.max(idle, loaded === undefined ? 0 : loaded.memoryBytes[ends.memory] / Math.max(1, loaded.processes));
}
