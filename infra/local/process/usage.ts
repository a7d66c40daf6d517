import { readdirSync, readFileSync } from 'node:fs';

/** What processes have used and hold. */
export interface Usage {
  /** User and system time since their start. */
  cpuSeconds: number;
  /** The same of the children that they have already seen end. */
  endedCpuSeconds: number;
  /** Proportional set size (a shared page counts once over its holders), or resident size where that is hidden. */
  memoryBytes: number;
  processes: number;
}

/** Linux counts CPU time for programs in hundredths of a second, whatever the kernel's own clock. */
const ticksPerSecond = 100;

/** Whether this system tells what processes use: Linux does, by /proc. */
export const usageKnown = process.platform === 'linux';

/**
 * Usage of whole sessions, helpers of a process included, and of single processes.
 *
 * @param pids process ids; one that leads a session stands for all of that session.
 * @param alone process ids that stand for themselves even when they lead a session.
 */
export function readUsage(pids: readonly number[], alone: readonly number[] = []): Usage {
  const wanted = new Set(pids);
  const single = new Set(alone);
  const total: Usage = { cpuSeconds: 0, endedCpuSeconds: 0, memoryBytes: 0, processes: 0 };
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    const stat = Number.isInteger(pid) ? readStat(pid) : undefined;
    if (stat === undefined || !(wanted.has(pid) || wanted.has(stat.session) || single.has(pid))) continue;
    total.cpuSeconds += stat.cpuTicks / ticksPerSecond;
    total.endedCpuSeconds += stat.endedCpuTicks / ticksPerSecond;
    total.memoryBytes += readMemory(pid);
    total.processes += 1;
  }
  return total;
}

interface Stat {
  session: number;
  cpuTicks: number;
  endedCpuTicks: number;
}

/** @returns undefined when the process is gone, or has ended and only waits to be collected. */
function readStat(pid: number): Stat | undefined {
  const text = read(`/proc/${pid}/stat`);
  // The command's name, in brackets, may hold anything: fields are counted after it, from the state (field 3) on.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const field = (number: number) => Number(fields[number - 3] ?? 0);
  return { session: field(6), cpuTicks: field(14) + field(15), endedCpuTicks: field(16) + field(17) };
}

function readMemory(pid: number): number {
  const proportional = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '');
  const found = proportional ?? /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '');
  return Number(found?.[1] ?? 0) * 1024;
}

/** @returns undefined for a process that has just ended, or one of another user. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
