import type { Policy, Seen } from './policy.ts';

/** Kubernetes' HorizontalPodAutoscaler on CPU. Times are in seconds; the defaults are those of its documentation. */
export interface HorizontalPodAutoscaler {
  min: number;
  max: number;
  /** The use of CPU aimed at, as a share of what a replica asks for. */
  target: number;
  /** CPUs that a replica uses for each request being answered, over the CPUs it asks for. */
  busyShare: number;
  /** `--horizontal-pod-autoscaler-sync-period`. */
  sync?: number;
  /** Span of the metrics server's figures (`--metric-resolution`). */
  window?: number;
  /** Within this share of the target nothing is done. */
  tolerance?: number;
  /** `behavior.scaleDown.stabilizationWindowSeconds`: the most that was wanted within it counts. */
  downStabilisation?: number;
}

/** In each 15 s at most twice as many, or 4 more (`behavior.scaleUp`). */
const upPeriod = 15;
const upFactor = 2;
const upPods = 4;

export function horizontalPodAutoscaler({
  min,
  max,
  target,
  busyShare,
  sync = 15,
  window = 15,
  tolerance = 0.1,
  downStabilisation = 300,
}: HorizontalPodAutoscaler): Policy {
  let before: Seen | undefined;
  let usage = Number.NaN;
  const wanted: { time: number; replicas: number }[] = [];
  const counts: { time: number; replicas: number }[] = [{ time: 0, replicas: min }];
  const look = (seen: Seen): number => {
    if (before === undefined || seen.time - before.time >= window - 1e-9) {
      const span = seen.time - (before?.time ?? 0);
      if (span > 0) usage = ((seen.busyArea - (before?.busyArea ?? 0)) * busyShare) / span / Math.max(1, seen.ready);
      before = seen;
    }
    const { time, replicas } = seen;
    const ratio = usage / target;
    // Replicas that are not ready yet count as idle when more are wanted, so that a start is not answered by another.
    const proposed = proposal(ratio, seen, tolerance);
    wanted.push({ time, replicas: proposed });
    while ((wanted[0]?.time ?? time) < time - downStabilisation) wanted.shift();
    const stable =
      proposed < replicas ? Math.min(replicas, Math.max(...wanted.map((each) => each.replicas))) : proposed;
    while (counts.length > 1 && (counts[1]?.time ?? time) <= time - upPeriod) counts.shift();
    const start = counts[0]?.replicas ?? replicas;
    const limit = Math.max(start * upFactor, start + upPods);
    const next = Math.max(min, Math.min(max, stable > replicas ? Math.max(replicas, Math.min(stable, limit)) : stable));
    counts.push({ time, replicas: next });
    return next;
  };
  return { initial: min, every: sync, look, wake: ({ replicas }) => Math.max(1, replicas) };
}

function proposal(ratio: number, { ready, replicas }: Seen, tolerance: number): number {
  if (Number.isNaN(ratio) || Math.abs(ratio - 1) <= tolerance) return replicas;
  if (ratio < 1) return Math.ceil(ratio * ready);
  const diluted = (ratio * ready) / replicas;
  return diluted <= 1 + tolerance ? replicas : Math.ceil(diluted * replicas);
}
