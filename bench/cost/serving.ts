import type { PartFigures, TargetSummary } from '../summary/index.ts';
import type { FixedPart, FunctionUse, Need, Serving } from './model.ts';

const gib = 2 ** 30;

/** What a target's cost follows from; undefined where it was not measured, or failed. */
export function servingOf(target: TargetSummary, answered: number | undefined): Serving | undefined {
  const { resources, throughput, failed } = target;
  if (failed || resources === undefined || throughput === undefined || answered === undefined) return undefined;
  const perSecond = answered / (throughput.replicas ?? 1);
  const replicaParts = resources.parts.filter(({ kind }) => kind === 'replica');
  const needs = replicaParts.map((part) => needOfReplica(part, perSecond));
  if (!(perSecond > 0) || needs.length === 0) return undefined;
  return {
    fixed: resources.parts.filter(({ kind }) => kind === 'fixed').map(fixedPart),
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
function needOfReplica(part: PartFigures, perSecond: number): Need {
  if (part.reserved !== undefined && part.processes > 0) {
    return { cpus: part.reserved.cpus / part.processes, gib: part.reserved.memoryBytes / part.processes / gib };
  }
  const idle = (part.idleCpus ?? 0) / Math.max(1, part.processes);
  return { cpus: idle + (part.cpuSecondsPerRequest ?? 0) * perSecond, gib: heldByOne(part) / gib };
}

function fixedPart(part: PartFigures): FixedPart {
  const { idleCpus = 0, cpuSecondsPerRequest = 0, reserved } = part;
  const memoryBytes = reserved?.memoryBytes ?? Math.max(part.idleMemoryBytes, part.loaded?.memoryBytes ?? 0);
  return { cpus: reserved?.cpus ?? 0, gib: memoryBytes / gib, idleCpus, cpuSecondsPerRequest };
}

/** What one request would take of a cloud's function that does the same work; undefined where that was not measured. */
export function functionUseOf({ latency, resources, failed }: TargetSummary): FunctionUse | undefined {
  const parts = resources?.parts.filter(({ kind }) => kind === 'replica') ?? [];
  const cpu = parts.map(({ cpuSecondsPerRequest }) => cpuSecondsPerRequest ?? Number.NaN);
  const cpuSeconds = cpu.reduce((sum, each) => sum + each, 0);
  if (failed || latency === undefined || parts.length === 0 || Number.isNaN(cpuSeconds)) return undefined;
  return {
    seconds: latency.mean.value / 1000,
    gib: parts.reduce((sum, part) => sum + heldByOne(part), 0) / gib,
    cpuSeconds,
  };
}

function heldByOne({ idleMemoryBytes, processes, loaded }: PartFigures): number {
  const idle = idleMemoryBytes / Math.max(1, processes);
  return Math.max(idle, loaded === undefined ? 0 : loaded.memoryBytes / Math.max(1, loaded.processes));
}
