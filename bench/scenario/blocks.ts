import { now } from '../load/index.ts';
import { shuffled } from '../stats/index.ts';
import type { Target } from '../target/index.ts';
import type { Context } from './scenario.ts';

/**
 * Runs `blocks` rounds in which every target gets one block, in random order: drift of the machine then hits all
 * targets alike, and the blocks of a round can be compared as a pair.
 */
export async function interleave(
  context: Context,
  blocks: number,
  measure: (target: Target, block: number) => Promise<void>,
): Promise<void> {
  for (let block = 0; block < blocks; block += 1) {
    for (const target of shuffled(context.targets, context.random)) {
      if (context.signal.aborted) return;
      context.progress(`block ${block + 1} of ${blocks}: ${target.name}`);
      await measure(target, block);
    }
  }
}

/** Notes what a target has used so far, where it can tell; `at` says at which edge of a block. */
export async function observeResources(
  context: Context,
  target: Target,
  scenario: string,
  at: { block: number; edge: 'start' | 'end' } | undefined = undefined,
): Promise<void> {
  const resources = await target.resources?.().catch(() => undefined);
  if (resources === undefined) return;
  context.event({ kind: 'resources', time: now(), scenario, target: target.name, ...at, ...resources });
}
