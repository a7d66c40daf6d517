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

/** Notes what the parts of a target hold and have used so far, where it can tell. */
export async function observeResources(
  context: Context,
  target: Target,
  scenario: string,
  at: { edge?: 'start' | 'end'; block?: number; answered?: number } = {},
): Promise<void> {
  const parts = await context.withoutLoad(async () => target.resources?.().catch(() => undefined));
  if (parts === undefined) return;
  context.event({ kind: 'resources', time: now(), scenario, target: target.name, ...at, parts });
}

/**
 * Notes the resources of all targets before and after: what they use between the two is used for the requests that
 * `measure` counts by target.
 */
export async function observeUse(
  context: Context,
  scenario: string,
  measure: (answered: Map<string, number>) => Promise<void>,
): Promise<void> {
  const answered = new Map<string, number>();
  const { targets } = context;
  await Promise.all(targets.map((target) => observeResources(context, target, scenario, { edge: 'start' })));
  await measure(answered);
  if (context.signal.aborted) return;
  await Promise.all(
    targets.map((target) => {
      const at = { edge: 'end' as const, answered: answered.get(target.name) ?? 0 };
      return observeResources(context, target, scenario, at);
    }),
  );
}

/** Notes how many replicas a target has, where it can tell. */
export async function observeReplicas(context: Context, target: Target, scenario: string): Promise<void> {
  const replicas = await target.replicas?.().catch(() => undefined);
  if (replicas === undefined) return;
  context.event({ kind: 'replicas', time: now(), scenario, target: target.name, ...replicas });
}
