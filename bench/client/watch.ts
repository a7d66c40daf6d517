import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { now } from '../load/index.ts';
import type { RunEvent } from '../record/index.ts';
import { readMachineTime } from './machine.ts';
import { readThrottledSeconds } from './throttling.ts';

/** How finely the event loop's delay is read, in milliseconds; a delay is what exceeds it. */
const resolution = 10;

/** Watches how busy this process is, since a client that is late measures itself. Call what it returns at the end. */
export function watchClient(scenario: string): () => RunEvent {
  const delay = monitorEventLoopDelay({ resolution });
  const before = read();
  delay.enable();
  return () => {
    delay.disable();
    const after = read();
    const { user, system } = process.cpuUsage(before.cpu);
    const { machine, throttled } = after;
    const total = machine && before.machine && machine.total - before.machine.total;
    return {
      kind: 'client',
      time: after.time,
      scenario,
      target: '*',
      cpuShare: (user + system) / 1000 / (after.time - before.time),
      loopShare: performance.eventLoopUtilization(before.loop).utilization,
      loopDelayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - resolution),
      ...(machine && before.machine && total
        ? {
            machineShare: (machine.busy - before.machine.busy) / total,
            stolenShare: (machine.stolen - before.machine.stolen) / total,
          }
        : {}),
      ...(throttled !== undefined && before.throttled !== undefined
        ? { throttledShare: ((throttled - before.throttled) * 1000) / (after.time - before.time) }
        : {}),
    };
  };
}

function read() {
  return {
    time: now(),
    cpu: process.cpuUsage(),
    loop: performance.eventLoopUtilization(),
    machine: readMachineTime(),
    throttled: readThrottledSeconds(),
  };
}
