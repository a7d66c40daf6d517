import { now, runClosedLoop } from '../load/index.ts';
import { shuffled } from '../stats/index.ts';
import { interleave, observeResources } from './blocks.ts';
import type { Scenario } from './scenario.ts';

/** How many requests succeed a second when several clients never pause? A closed loop over several connections. */
export const throughputScenario: Scenario = {
  name: 'throughput',
  title: 'Throughput: as many as it answers',
  run: (context) => {
    const { connections, seconds, blocks, warmupSeconds } = context.settings.throughput;
    return interleave(context, blocks, async (target, block) => {
      const of = { scenario: 'throughput', target: target.name, block };
      const start = now() + warmupSeconds * 1000;
      const end = start + (seconds / blocks) * 1000;
      const observe = (edge: 'start' | 'end'): Promise<void> =>
        observeResources(context, target, of.scenario, { block, edge });
      const observation = setTimeout(() => void observe('start'), start - now());
      await runClosedLoop({
        url: target.url,
        photos: shuffled(context.photos, context.random),
        connections,
        until: { seconds: (end - now()) / 1000 },
        timeoutMs: context.settings.timeoutMs,
        reconnect: context.reconnect.has(target.name),
        signal: context.signal,
        onSample: (sample) => {
          if (sample.answered >= start && sample.answered < end) context.sample({ ...of, ...sample });
        },
      });
      clearTimeout(observation);
      if (now() < start) return;
      context.event({ kind: 'block', time: start, ...of, edge: 'start' });
      context.event({ kind: 'block', time: Math.min(now(), end), ...of, edge: 'end' });
      await observe('end');
    });
  },
};
