import type { Part, RunEvent } from '../record/index.ts';

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
  /** Bytes held right after the throughput scenario, and by how many processes. */
  loaded?: { memoryBytes: number; processes: number };
  /** CPU seconds used for each answer of the throughput scenario, beyond what is used while idle. */
  cpuSecondsPerRequest?: number;
  reserved?: { cpus: number; memoryBytes: number };
}

export interface ResourceFigures {
  /** Seconds without requests that the idle figures are of. */
  idleSeconds: number;
  parts: PartFigures[];
  /** Of all parts together. */
  cpuSecondsPerRequest?: number;
}

/** What the parts of a target hold and use; undefined where it could not tell. */
export function summariseResources(
  idle: readonly RunEvent[],
  throughput: readonly RunEvent[],
): ResourceFigures | undefined {
  const quiet = readings(idle);
  if (quiet.end === undefined) return undefined;
  const load = readings(throughput);
  const parts = quiet.end.parts.map((part) => describe(part, quiet, load));
  const perRequest = parts.flatMap(({ cpuSecondsPerRequest }) => cpuSecondsPerRequest ?? []);
  return {
    idleSeconds: (quiet.end.time - (quiet.start?.time ?? quiet.end.time)) / 1000,
    parts,
    ...(perRequest.length === 0 ? {} : { cpuSecondsPerRequest: perRequest.reduce((sum, each) => sum + each, 0) }),
  };
}

type Reading = Extract<RunEvent, { kind: 'resources' }>;
type Readings = { start: Reading | undefined; end: Reading | undefined };

function readings(events: readonly RunEvent[]): Readings {
  const all = events.filter((event) => event.kind === 'resources');
  return { start: all.find(({ edge }) => edge === 'start'), end: all.find(({ edge }) => edge === 'end') };
}

function describe(
  { name, kind, processes, memoryBytes, reserved }: Part,
  quiet: Readings,
  load: Readings,
): PartFigures {
  const idleCpus = cpusBetween(name, quiet);
  const after = load.end?.parts.find((part) => part.name === name);
  const loadCpus = cpusBetween(name, load);
  const answered = load.end?.answered ?? 0;
  return {
    name,
    kind,
    processes,
    idleMemoryBytes: memoryBytes,
    ...(idleCpus === undefined ? {} : { idleCpus: idleCpus.cpus }),
    ...(after === undefined ? {} : { loaded: { memoryBytes: after.memoryBytes, processes: after.processes } }),
    ...(idleCpus === undefined || loadCpus === undefined || answered === 0
      ? {}
      : { cpuSecondsPerRequest: Math.max(0, ((loadCpus.cpus - idleCpus.cpus) * loadCpus.seconds) / answered) }),
    ...(reserved === undefined ? {} : { reserved }),
  };
}

/** Cores that a part had in use between two readings; undefined when one is missing, or its count began anew between. */
function cpusBetween(name: string, { start, end }: Readings): { cpus: number; seconds: number } | undefined {
  const [before, after] = [start, end].map((reading) => reading?.parts.find((part) => part.name === name));
  if (before === undefined || after === undefined) return undefined;
  const seconds = (after.time - before.time) / 1000;
  const used = after.cpuSeconds - before.cpuSeconds;
  return seconds > 0 && used >= 0 ? { cpus: used / seconds, seconds } : undefined;
}
