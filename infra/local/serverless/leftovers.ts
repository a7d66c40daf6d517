import { setTimeout as sleep } from 'node:timers/promises';

/** How often the end of processes is looked for, in milliseconds. */
const pollMs = 20;

/**
 * Resolves when none of the processes is left. They are ending by themselves, as their parent is gone; those that take
 * longer than the grace are killed with what they started.
 */
export async function untilGone(pids: readonly number[], graceMs: number): Promise<void> {
  const deadline = performance.now() + graceMs;
  let left = pids.filter((pid) => signal(pid, 0));
  while (left.length > 0) {
    if (performance.now() > deadline) for (const pid of left) signal(-pid, 'SIGKILL');
    await sleep(pollMs);
    left = left.filter((pid) => signal(pid, 0));
  }
}

/** @returns whether there is such a process, or process group when negative. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
