import { setTimeout as sleep } from 'node:timers/promises';
import { observeUse } from './blocks.ts';
import type { Context } from './scenario.ts';

/** What targets hold and use while nobody asks them anything, as they were deployed. Nothing to wait for if none can tell. */
export async function measureIdle(context: Context): Promise<void> {
  if (context.targets.every(({ resources }) => resources === undefined)) return;
  const { seconds } = context.settings.idle;
  await observeUse(context, 'idle', async () => {
    context.progress(`no requests for ${seconds} s`);
    await sleep(seconds * 1000, undefined, { signal: context.signal }).catch(() => undefined);
  });
}
