import { readFileSync } from 'node:fs';

/** Memory of a process as Linux tells it, in bytes: `VmRSS` is resident now, `VmHWM` the most that has been. */
export function processMemory(pid: number, figure: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return 1024 * Number(new RegExp(`^${figure}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]);
}
