import { now, prepareOpenLoop, runOpenLoop } from '../load/index.ts';
import { shuffled } from '../stats/index.ts';
import { addressOf, type Target } from '../target/index.ts';
import { observeReplicas } from './blocks.ts';
import { type Draw, drawTrial } from './draw.ts';
import type { Context, Scenario } from './scenario.ts';
import { watchReplicas } from './watch-replicas.ts';

/**
 * What becomes of a burst on top of a steady load? The rate that half a server takes, many times of it at once, and the
 * steady rate again, at random arrivals, with autoscaling.
 */
export const baseBurstScenario: Scenario = {
  name: 'base-burst',
  title: 'Burst on a base: a steady load, many times of it, and back',
  run: async (context) => {
    const rate = steadyRate(context);
    if (rate === undefined) return;
    await prepareOpenLoop();
    for (let block = 0; block < context.settings['base-burst'].trials; block += 1) {
      const draw = drawTrial(context);
      for (const target of shuffled(context.targets, context.random)) {
        if (context.signal.aborted) return;
        await burstOnBase(context, target, { block, rate, ...draw });
      }
    }
  },
};

/** Half of what one server was found to take; that of the slowest target where none is a server. */
function steadyRate({ settings, targets, capacities, event }: Context): number | undefined {
  const { rate } = settings['base-burst'];
  if (rate !== 'measured') return rate;
  const servers = targets.filter(({ architecture }) => architecture === 'server');
  const found = (servers.length > 0 ? servers : targets).flatMap(({ name }) => capacities.get(name) ?? []);
  if (found.length > 0) return Math.min(...found) / 2;
  const text = 'There was no burst on a base: its rate is half of what capacity finds, which found none.';
  event({ kind: 'note', time: now(), scenario: 'base-burst', target: '*', text });
  return undefined;
}

interface Trial extends Draw {
  block: number;
  rate: number;
}

async function burstOnBase(context: Context, target: Target, { block, rate, photos, seed }: Trial): Promise<void> {
  const { trials: _, rate: _rate, ...shape } = context.settings['base-burst'];
  const of = { scenario: 'base-burst', target: target.name };
  context.progress(`${target.name}: ${rate.toPrecision(3)} requests a second, and ${shape.factor} times as many`);
  await target.autoscale?.(true);
  await target.scale?.(1);
  await observeReplicas(context, target, of.scenario);
  await watchReplicas(context, target, of.scenario, async () => {
    context.event({ kind: 'load', time: now(), ...of, edge: 'start', block, rate });
    const { lateness } = await runOpenLoop({
      ...addressOf(target),
      photos,
      arrivals: { kind: 'burst', rate, ...shape, seed },
      timeoutMs: context.settings.timeoutMs,
      signal: context.signal,
      onSample: (sample) => context.sample({ ...of, block, ...sample }),
    });
    context.event({ kind: 'lateness', time: now(), ...of, block, ...lateness });
    // A burst without its end was stopped, and shows nothing.
    if (!context.signal.aborted) context.event({ kind: 'load', time: now(), ...of, edge: 'end', block, rate });
  });
}
