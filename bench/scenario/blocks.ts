import { now, type Photo } from '../load/index.ts';
import { shuffled } from '../stats/index.ts';
import type { Target } from '../target/index.ts';
import type { Context } from './scenario.ts';

/**
 * Runs `blocks` rounds in which every target gets one block, in random order: drift of the machine then hits all
 * targets alike, and the blocks of a round can be compared as a pair.
 */
export async function interleave(
  context: Context,
  scenario: string,
  blocks: number,
  measure: (target: Target, block: number, photos: readonly Photo[]) => Promise<void>,
): Promise<void> {
  for (let block = 0; block < blocks; block += 1) {
    // One order for all targets of a round, so that a pair of blocks is of the same photos.
    const photos = shuffled(context.photos, context.random);
    for (const target of shuffled(context.targets, context.random)) {
      if (context.signal.aborted) return;
      context.progress(`block ${block + 1} of ${blocks}: ${target.name}`);
      await measure(target, block, photos);
      await observeReplicas(context, target, scenario);
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

/** Notes how many replicas a target has, where it can tell. */
export async function observeReplicas(context: Context, target: Target, scenario: string): Promise<void> {
  const replicas = await target.replicas?.().catch(() => undefined);
  if (replicas === undefined) return;
  context.event({ kind: 'replicas', time: now(), scenario, target: target.name, ...replicas });
}
