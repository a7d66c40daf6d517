import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../target/index.ts';
import { observeReplicas } from './blocks.ts';
import type { Context } from './scenario.ts';

/** How often replicas are read, in milliseconds. */
const every = 200;

/** Does something to a target, and meanwhile notes its replicas again and again. */
export async function watchReplicas(
  context: Context,
  target: Target,
  scenario: string,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const done = new AbortController();
  const watch = noteReplicas(context, target, scenario, AbortSignal.any([done.signal, context.signal]));
  try {
    await meanwhile();
  } finally {
    done.abort();
    await watch;
  }
}

async function noteReplicas(context: Context, target: Target, scenario: string, signal: AbortSignal): Promise<void> {
  while (target.replicas !== undefined && !signal.aborted) {
    await observeReplicas(context, target, scenario);
    await sleep(every, undefined, { signal }).catch(() => undefined);
  }
}
