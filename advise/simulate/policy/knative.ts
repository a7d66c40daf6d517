import type { Policy, Seen } from './policy.ts';

/** Knative's autoscaler (KPA) on concurrency. Times are in seconds; the defaults are those of its `config-autoscaler`. */
export interface Knative {
  min: number;
  max: number;
  /** Requests at once that a replica may answer: `containerConcurrency`. */
  concurrency: number;
  /** `container-concurrency-target-percentage`, as a share. */
  utilisation?: number;
  stableWindow?: number;
  /** `panic-window-percentage`, as a share of the stable window. */
  panicWindow?: number;
  /** `panic-threshold-percentage`, as a share. */
  panicThreshold?: number;
  maxScaleUp?: number;
  maxScaleDown?: number;
  /** `scale-to-zero-grace-period`: how long the last replica stays once none is wanted. */
  grace?: number;
  tick?: number;
}

export function knative({
  min,
  max,
  concurrency,
  utilisation = 0.7,
  stableWindow = 60,
  panicWindow = 0.1,
  panicThreshold = 2,
  maxScaleUp = 1000,
  maxScaleDown = 2,
  grace = 30,
  tick = 2,
}: Knative): Policy {
  const target = concurrency * utilisation;
  const readings: Pick<Seen, 'time' | 'inSystemArea'>[] = [{ time: 0, inSystemArea: 0 }];
  let panicSince: number | undefined;
  let panicMost = 0;
  let zeroSince: number | undefined;

  const mean = (seen: Seen, span: number): number => {
    const from = readings.findLast(({ time }) => time <= seen.time - span + 1e-9) ?? readings[0];
    const seconds = seen.time - (from?.time ?? 0);
    return seconds > 0 ? (seen.inSystemArea - (from?.inSystemArea ?? 0)) / seconds : seen.inSystem;
  };

  const look = (seen: Seen): number => {
    readings.push(seen);
    while (readings.length > 2 && (readings[1]?.time ?? 0) <= seen.time - stableWindow) readings.shift();
    const ready = Math.max(1, seen.ready);
    const bounded = (wanted: number): number =>
      Math.min(Math.max(wanted, Math.floor(ready / maxScaleDown)), Math.ceil(maxScaleUp * ready));
    const wantedStable = Math.ceil(mean(seen, stableWindow) / target - 1e-9);
    const wantedPanic = Math.ceil(mean(seen, stableWindow * panicWindow) / target - 1e-9);
    const stable = bounded(wantedStable);
    const over = wantedPanic / ready >= panicThreshold;
    if (over) {
      if (panicSince === undefined) panicMost = ready;
      panicSince = seen.time;
    } else if (panicSince !== undefined && panicSince + stableWindow < seen.time) panicSince = undefined;
    let wanted = stable;
    if (panicSince !== undefined) {
      // Nothing goes away in a panic.
      panicMost = Math.max(panicMost, stable, bounded(wantedPanic));
      wanted = panicMost;
    }
    return afterGrace(Math.max(min, Math.min(max, wanted)), seen);
  };

  const afterGrace = (wanted: number, { time, replicas, inSystem }: Seen): number => {
    if (wanted > 0 || replicas === 0 || inSystem > 0) {
      zeroSince = undefined;
      return wanted > 0 || replicas === 0 ? wanted : 1;
    }
    zeroSince ??= time;
    return time - zeroSince >= grace ? 0 : 1;
  };

  // The activator tells the autoscaler at once of a request that finds nothing.
  return {
    initial: min,
    every: tick,
    look,
    wake: ({ inSystem, replicas }) => Math.max(1, replicas, Math.min(max, Math.ceil(inSystem / target))),
  };
}
