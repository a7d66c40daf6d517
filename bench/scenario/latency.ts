import { now, runClosedLoop, succeeded } from '../load/index.ts';
import { addressOf } from '../target/index.ts';
import { interleave } from './blocks.ts';
import type { Scenario } from './scenario.ts';

/** How long does one request take when it is alone? One connection, one request after the other. */
export const latencyScenario: Scenario = {
  name: 'latency',
  title: 'Latency: one request at a time',
  run: (context) => {
    const { requests, blocks, warmup } = context.settings.latency;
    return interleave(context, 'latency', blocks, async (target, block, photos) => {
      const measured = Math.ceil((requests * (block + 1)) / blocks) - Math.ceil((requests * block) / blocks);
      let seen = 0;
      await runClosedLoop({
        ...addressOf(target),
        photos,
        connections: 1,
        until: { requests: warmup + measured },
        timeoutMs: context.settings.timeoutMs,
        reconnect: context.reconnect.has(target.name),
        signal: context.signal,
        onSample: (sample) => {
          seen += 1;
          // Of the warm-up, only what succeeds is thrown away.
          if (seen > warmup || !succeeded(sample))
            context.sample({ scenario: 'latency', target: target.name, block, ...sample });
        },
      });
      context.event({ kind: 'block', time: now(), scenario: 'latency', target: target.name, block, edge: 'end' });
    });
  },
};
