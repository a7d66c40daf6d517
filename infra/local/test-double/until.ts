import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something becomes true; the test's own time-out ends a wait in vain. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20);
}

/** Whether there is a process of this id that has not ended. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
