import { type IntervalHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { now } from '../load/index.ts';
import type { RunEvent } from '../record/index.ts';
import { readMachineTime } from './machine.ts';
import { readThrottledSeconds } from './throttling.ts';

/** How finely the event loop's delay is read, in milliseconds; a delay is what exceeds it. */
const resolution = 10;

type ClientEvent = Extract<RunEvent, { kind: 'client' }>;

/** Watches how busy this process is from its construction on, since a client that is late measures itself. */
export class ClientWatch {
  readonly #stretches: Stretch[] = [];
  #begun = read();
  #delay = startDelay();
  #waits = 0;

  /** Looks away while something is waited for that is no load: a client that waits is not busy. */
  async lookAway<T>(wait: () => Promise<T>): Promise<T> {
    if (this.#waits === 0) this.#close();
    this.#waits += 1;
    try {
      return await wait();
    } finally {
      this.#waits -= 1;
      if (this.#waits === 0) this.#open();
    }
  }

  /** How busy it was; the watch is over. */
  describe(scenario: string): ClientEvent {
    if (this.#waits === 0) this.#close();
    const sum = (key: keyof Stretch): number => this.#stretches.reduce((total, each) => total + (each[key] ?? 0), 0);
    const known = (key: keyof Stretch): boolean => this.#stretches.every((each) => each[key] !== undefined);
    const milliseconds = sum('milliseconds');
    const delays = this.#stretches.reduce((total, each) => total + each.delayP99Ms * each.ticks, 0);
    return {
      kind: 'client',
      time: now(),
      scenario,
      target: '*',
      cpuShare: sum('cpuMs') / milliseconds,
      loopShare: sum('loopActiveMs') / (sum('loopActiveMs') + sum('loopIdleMs')),
      // Histograms of this kind cannot be added up: the mean of the stretches' percentiles, each by its ticks.
      loopDelayP99Ms: Math.max(0, delays / Math.max(1, sum('ticks')) - resolution),
      ...(known('machineTicks') && sum('machineTicks') > 0
        ? {
            machineShare: sum('busyTicks') / sum('machineTicks'),
            stolenShare: sum('stolenTicks') / sum('machineTicks'),
          }
        : {}),
      ...(known('throttledMs') ? { throttledShare: sum('throttledMs') / milliseconds } : {}),
    };
  }

  #open(): void {
    this.#begun = read();
    // A new one: the old one would take the time that it was off for a delay.
    this.#delay = startDelay();
  }

  #close(): void {
    this.#delay.disable();
    const { count: ticks } = this.#delay;
    const delayP99Ms = ticks === 0 ? 0 : this.#delay.percentile(99) / 1e6;
    this.#stretches.push({ ...between(this.#begun, read()), ticks, delayP99Ms });
  }
}

function startDelay(): IntervalHistogram {
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  return delay;
}

/** What was spent between two readings; absent where this system does not tell. */
interface Stretch {
  /** How often the event loop's delay was read, and its 99th percentile. */
  ticks: number;
  delayP99Ms: number;
  milliseconds: number;
  cpuMs: number;
  loopActiveMs: number;
  loopIdleMs: number;
  machineTicks?: number;
  busyTicks?: number;
  stolenTicks?: number;
  throttledMs?: number;
}

type Reading = ReturnType<typeof read>;

function read() {
  return {
    time: now(),
    cpu: process.cpuUsage(),
    loop: performance.eventLoopUtilization(),
    machine: readMachineTime(),
    throttled: readThrottledSeconds(),
  };
}

function between(before: Reading, after: Reading): Omit<Stretch, 'ticks' | 'delayP99Ms'> {
  return {
    milliseconds: after.time - before.time,
    cpuMs: (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / 1000,
    loopActiveMs: after.loop.active - before.loop.active,
    loopIdleMs: after.loop.idle - before.loop.idle,
    ...(after.machine && before.machine
      ? {
          machineTicks: after.machine.total - before.machine.total,
          busyTicks: after.machine.busy - before.machine.busy,
          stolenTicks: after.machine.stolen - before.machine.stolen,
        }
      : {}),
    ...(after.throttled !== undefined && before.throttled !== undefined
      ? { throttledMs: (after.throttled - before.throttled) * 1000 }
      : {}),
  };
}
