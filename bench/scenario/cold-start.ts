import { now, send } from '../load/index.ts';
import { addressOf } from '../target/index.ts';
import { observeResources } from './blocks.ts';
import type { Scenario } from './scenario.ts';

/**
 * How long does the first request wait when nothing runs? Trials from zero replicas, each with a single request, for
 * every target that can be scaled.
 */
export const coldStartScenario: Scenario = {
  name: 'cold-start',
  title: 'Cold start: the first request from zero replicas',
  run: async (context) => {
    const { trials, timeoutMs } = context.settings['cold-start'];
    const scenario = 'cold-start';
    for (const target of context.targets) {
      if (target.scale === undefined) continue;
      for (let trial = 0; trial < trials && !context.signal.aborted; trial += 1) {
        context.progress(`trial ${trial + 1} of ${trials}: ${target.name}`);
        const asked = now();
        await target.scale(0);
        context.event({
          kind: 'zero',
          time: now(),
          scenario,
          target: target.name,
          block: trial,
          waitedMs: now() - asked,
        });
        if (trial === 0) await observeResources(context, target, scenario);
        const photo = context.photos[trial % context.photos.length];
        if (photo === undefined || context.signal.aborted) break;
        const { measured } = await send(photo, { ...addressOf(target), timeoutMs, signal: context.signal });
        context.sample({ scenario, target: target.name, block: trial, ...measured });
        const steps = await target.startedSince?.(measured.sent).catch(() => undefined);
        if (steps !== undefined) {
          context.event({ kind: 'start', time: now(), scenario, target: target.name, block: trial, ...steps });
        }
      }
    }
  },
};
