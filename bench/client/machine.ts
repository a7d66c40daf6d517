import { readText } from './read-text.ts';

/** CPU time of the whole machine since it started, in the kernel's ticks. */
export interface MachineTime {
  total: number;
  /** Spent on anything, by anybody on this machine. */
  busy: number;
  /** Taken by other virtual machines of the same host while this one wanted it. */
  stolen: number;
}

/** Reads /proc/stat (proc_stat(5)); undefined on systems that have none. */
export function readMachineTime(path = '/proc/stat'): MachineTime | undefined {
  const line = /^cpu +(.*)$/m.exec(readText(path) ?? '')?.[1];
  if (line === undefined) return undefined;
  // Guest time, after these eight, is part of user time already.
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, stolen = 0] = line
    .split(' ')
    .map(Number);
  const busy = user + nice + system + irq + softirq;
  return { total: busy + idle + iowait + stolen, busy, stolen };
}
