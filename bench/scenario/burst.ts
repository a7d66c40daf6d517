import { setTimeout as sleep } from 'node:timers/promises';
import { now, prepareOpenLoop, runOpenLoop } from '../load/index.ts';
import { shuffled } from '../stats/index.ts';
import { addressOf, type Target } from '../target/index.ts';
import { observeReplicas } from './blocks.ts';
import { type Draw, drawTrial } from './draw.ts';
import type { Context, Scenario } from './scenario.ts';
import { watchReplicas } from './watch-replicas.ts';

/** One burst: its target, its number, and how many replicas are idle when it comes. */
interface Burst {
  target: Target;
  block: number;
  from: 0 | 1;
}

/**
 * How long until a target keeps the objective again when many times the usual rate comes at once? Random arrivals from
 * idle, with autoscaling: from one replica, and from none where a target can go there.
 */
export const burstScenario: Scenario = {
  name: 'burst',
  title: 'Burst: many times the usual rate at once',
  run: async (context) => {
    await prepareOpenLoop();
    for (let trial = 0; trial < context.settings.burst.trials; trial += 1) {
      const bursts = context.targets.flatMap((target): Burst[] => [
        { target, block: 2 * trial, from: 1 },
        ...(target.scale === undefined ? [] : [{ target, block: 2 * trial + 1, from: 0 } as const]),
      ]);
      const draw = drawTrial(context);
      for (const burst of shuffled(bursts, context.random)) {
        if (context.signal.aborted) return;
        await idleThenBurst(context, burst, draw);
      }
    }
  },
};

async function idleThenBurst(context: Context, { target, block, from }: Burst, { photos, seed }: Draw): Promise<void> {
  const { rate, factor, seconds, idleSeconds } = context.settings.burst;
  const of = { scenario: 'burst', target: target.name };
  context.progress(`${target.name}: no load for ${idleSeconds} s`);
  await target.autoscale?.(true);
  await sleep(idleSeconds * 1000, undefined, { signal: context.signal }).catch(() => undefined);
  if (context.signal.aborted) return;
  await target.scale?.(from);
  await observeReplicas(context, target, of.scenario);
  context.progress(
    `${target.name}: from ${from === 0 ? 'no replica' : 'one replica'} to ${rate * factor} requests a second for ${seconds} s`,
  );
  await watchReplicas(context, target, of.scenario, async () => {
    context.event({ kind: 'load', time: now(), ...of, edge: 'start', block, from });
    const { lateness } = await runOpenLoop({
      ...addressOf(target),
      photos,
      arrivals: { kind: 'poisson', rate: rate * factor, seconds, seed },
      timeoutMs: context.settings.timeoutMs,
      signal: context.signal,
      onSample: (sample) => context.sample({ ...of, block, ...sample }),
    });
    context.event({ kind: 'lateness', time: now(), ...of, block, ...lateness });
    // A burst without its end was stopped, and shows nothing.
    if (!context.signal.aborted) context.event({ kind: 'load', time: now(), ...of, edge: 'end', block, from });
  });
}
