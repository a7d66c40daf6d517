import { monitorEventLoopDelay } from 'node:perf_hooks';
import { now } from './load/index.ts';
import type { RunEvent } from './record/index.ts';

/** How finely the event loop's delay is read, in milliseconds; a delay is what exceeds it. */
const resolution = 10;

/** Watches how busy this process is, since a client that is late measures itself. Call what it returns at the end. */
export function watchClient(scenario: string): () => RunEvent {
  const delay = monitorEventLoopDelay({ resolution });
  const before = { cpu: process.cpuUsage(), time: now() };
  delay.enable();
  return () => {
    delay.disable();
    const { user, system } = process.cpuUsage(before.cpu);
    return {
      kind: 'client',
      time: now(),
      scenario,
      target: '*',
      cpuShare: (user + system) / 1000 / (now() - before.time),
      loopDelayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - resolution),
    };
  };
}
