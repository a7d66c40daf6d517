import { readFileSync } from 'node:fs';

/**
 * Memory of a process as Linux tells it, in bytes: `VmRSS` is resident now, `VmHWM` the most that has been.
 * @throws Error when the process has ended.
 */
export function processMemory(pid: number, figure: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${figure}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  // A process that has ended and only waits to be collected has no memory.
  if (kilobytes === undefined) throw new Error(`process ${pid} has ended`);
  return 1024 * Number(kilobytes);
}
