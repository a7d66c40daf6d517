import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../target/index.ts';
import { observeResources, observeUse } from './blocks.ts';
import type { Context } from './scenario.ts';

/** Enough for their scatter to say how well it is known what is used while idle. */
const manyStretches = 5;

/**
 * What targets hold and use while nobody asks them anything, as they were deployed. Nothing to wait for if none can
 * tell.
 *
 * @param leastStretch seconds. Where there is time for five stretches as long, readings part the time into these; a
 *   target that reads itself, as the local gateway does, uses CPU for that, which shorter ones would take for its idle use.
 */
export async function measureIdle(context: Context, leastStretch = 5): Promise<void> {
  if (context.targets.every(({ resources }) => resources === undefined)) return;
  const { seconds } = context.settings.idle;
  const stretches = seconds < manyStretches * leastStretch ? 1 : manyStretches;
  await observeUse(context, 'idle', async () => {
    context.progress(`no requests for ${seconds} s`);
    await Promise.all(context.targets.map((target) => watch(context, target, stretches)));
  });
}

/** The readings at the start and at the end are not its own. */
async function watch(context: Context, target: Target, stretches: number): Promise<void> {
  const { settings, signal } = context;
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    if (stretch > 0) await observeResources(context, target, 'idle', { block: stretch - 1 });
    await sleep((settings.idle.seconds / stretches) * 1000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
  }
}
