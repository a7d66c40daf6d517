import { now, runClosedLoop, succeeded } from '../load/index.ts';
import { interleave, observeResources } from './blocks.ts';
import type { Scenario } from './scenario.ts';

/** How many requests succeed a second when several clients never pause? A closed loop over several connections. */
export const throughputScenario: Scenario = {
  name: 'throughput',
  title: 'Throughput: as many as it answers',
  run: (context) => {
    const { connections, seconds, blocks, warmupSeconds } = context.settings.throughput;
    return interleave(context, 'throughput', blocks, async (target, block, photos) => {
      const of = { scenario: 'throughput', target: target.name, block };
      const start = now() + warmupSeconds * 1000;
      const end = start + (seconds / blocks) * 1000;
      const observe = (edge: 'start' | 'end'): Promise<void> =>
        observeResources(context, target, of.scenario, { block, edge });
      const observation = setTimeout(() => void observe('start'), start - now());
      await runClosedLoop({
        url: target.url,
        photos,
        connections,
        until: { seconds: (end - now()) / 1000 },
        timeoutMs: context.settings.timeoutMs,
        reconnect: context.reconnect.has(target.name),
        signal: context.signal,
        onSample: (sample) => {
          // Of the warm-up, only what succeeds is thrown away.
          if (sample.answered >= start || !succeeded(sample)) context.sample({ ...of, ...sample });
        },
      });
      clearTimeout(observation);
      if (context.signal.aborted) return;
      context.event({ kind: 'block', time: start, ...of, edge: 'start' });
      context.event({ kind: 'block', time: end, ...of, edge: 'end' });
      await observe('end');
    });
  },
};
