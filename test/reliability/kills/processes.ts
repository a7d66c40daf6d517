import { readdirSync, readFileSync } from 'node:fs';
import { processMemory } from '../../performance/process-memory.ts';

/** Ids of the processes that a process has started and that still run. Linux only. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

/** Whether a process was started with this in its environment, as `PORT=8080`. */
export function wasToldOf(pid: number, setting: string): boolean {
  return (read(`/proc/${pid}/environ`) ?? '').split('\0').includes(setting);
}

/** What a process holds. */
export interface Holding {
  /** Resident set, in bytes. */
  resident: number;
  /** Open files, sockets and pipes. */
  handles: number;
}

/** @returns undefined when the process has ended. */
export function holdingOf(pid: number): Holding | undefined {
  try {
    return { resident: processMemory(pid, 'VmRSS'), handles: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return undefined;
  }
}

function parentOf(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  // The name of the program comes before, in brackets, and may hold anything.
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
