import { now, type Photo, runClosedLoop, succeeded } from '../load/index.ts';
import { addressOf, type Target } from '../target/index.ts';
import { interleave, observeResources, observeUse } from './blocks.ts';
import type { Scenario } from './scenario.ts';

/** How many requests succeed a second when several clients never pause? A closed loop over several connections. */
export const throughputScenario: Scenario = {
  name: 'throughput',
  title: 'Throughput: as many as it answers',
  run: (context) => {
    const { connections, seconds, blocks, warmupSeconds } = context.settings.throughput;
    const measure =
      (answered: Map<string, number>) => async (target: Target, block: number, photos: readonly Photo[]) => {
        const of = { scenario: 'throughput', target: target.name, block };
        const start = now() + warmupSeconds * 1000;
        const end = start + (seconds / blocks) * 1000;
        const underway = await runClosedLoop({
          ...addressOf(target),
          photos,
          connections,
          until: { seconds: (end - now()) / 1000 },
          timeoutMs: context.settings.timeoutMs,
          reconnect: context.reconnect.has(target.name),
          signal: context.signal,
          onSample: (sample) => {
            if (sample.status !== undefined) answered.set(target.name, (answered.get(target.name) ?? 0) + 1);
            // Of the warm-up, only what succeeds is thrown away.
            if (sample.answered >= start || !succeeded(sample)) context.sample({ ...of, ...sample });
          },
        });
        if (context.signal.aborted) return;
        context.event({ kind: 'block', time: start, ...of, edge: 'start' });
        context.event({ kind: 'block', time: end, ...of, edge: 'end', underway });
        await observeResources(context, target, 'throughput', { block, answered: answered.get(target.name) ?? 0 });
      };
    return observeUse(context, 'throughput', (answered) =>
      interleave(context, 'throughput', blocks, measure(answered)),
    );
  },
};
