import { setTimeout as sleep } from 'node:timers/promises';
import { describeArrivals, now, prepareOpenLoop, runOpenLoop } from '../load/index.ts';
import { loadOf } from '../record/index.ts';
import { shuffled } from '../stats/index.ts';
import { addressOf, type Target } from '../target/index.ts';
import { observeReplicas } from './blocks.ts';
import type { Context, Scenario } from './scenario.ts';
import { watchReplicas } from './watch-replicas.ts';

/** What happens to replicas and answers when load comes and goes? An open loop, then none. */
export const autoscalingScenario: Scenario = {
  name: 'autoscaling',
  title: 'Autoscaling: load comes and goes',
  run: async (context) => {
    await prepareOpenLoop();
    for (const target of shuffled(context.targets, context.random)) {
      if (context.signal.aborted) return;
      await watchReplicas(context, target, 'autoscaling', () => loadThenQuiet(context, target));
    }
  },
};

async function loadThenQuiet(context: Context, target: Target): Promise<void> {
  const { quietSeconds } = context.settings.autoscaling;
  const arrivals = loadOf(context.settings);
  const of = { scenario: 'autoscaling', target: target.name };
  await target.autoscale?.(true);
  await target.scale?.(1);
  await observeReplicas(context, target, of.scenario);
  context.progress(`${target.name}: ${describeArrivals(arrivals)}`);
  context.event({ kind: 'load', time: now(), ...of, edge: 'start' });
  const { lateness } = await runOpenLoop({
    ...addressOf(target),
    photos: shuffled(context.photos, context.random),
    arrivals,
    timeoutMs: context.settings.timeoutMs,
    signal: context.signal,
    onSample: (sample) => context.sample({ ...of, block: 0, ...sample }),
  });
  context.event({ kind: 'load', time: now(), ...of, edge: 'end' });
  context.event({ kind: 'lateness', time: now(), ...of, ...lateness });
  context.progress(`${target.name}: no load for ${quietSeconds} s`);
  await sleep(quietSeconds * 1000, undefined, { signal: context.signal }).catch(() => undefined);
}
