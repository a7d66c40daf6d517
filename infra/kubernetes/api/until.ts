import { setTimeout as sleep } from 'node:timers/promises';

/** What is waited for, and how long. */
export interface Waiting {
  signal: AbortSignal;
  progress(line: string): void;
  /** What is still to come, as a reason not to be done; nothing when all is as wanted. */
  pending(): Promise<string | undefined>;
  /** Milliseconds that it may take. */
  patienceMs: number;
  /** Milliseconds between two looks. */
  everyMs: number;
}

/**
 * Resolves when nothing is pending; each new reason is told as progress.
 * @param late What to say when it takes too long, before how long and the last reason.
 */
export async function until({ signal, progress, pending, patienceMs, everyMs }: Waiting, late: string): Promise<void> {
  const end = performance.now() + patienceMs;
  let told: string | undefined;
  while (true) {
    const reason = await pending();
    if (reason === undefined) return;
    if (performance.now() > end) throw new Error(`${late} after ${patienceMs / 1000} s: ${reason}`);
    if (reason !== told) progress(reason);
    told = reason;
    await sleep(everyMs, undefined, { signal });
  }
}
