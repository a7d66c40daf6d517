import {
  type AutoscalerTiming,
  initialAutoscaler,
  look as lookAt,
  RequestRate,
  replicasAfter,
  type Scale,
} from '../../../infra/local/gateway/scaling/index.ts';
import type { Policy, Seen } from './policy.ts';

/** OpenFaaS's alert rule, and how often it is looked at. */
export interface OpenFaas {
  scale: Scale;
  timing: AutoscalerTiming;
  /** Seconds between two readings of the gateway's counters (Prometheus' `scrape_interval`). */
  scrape: number;
  /** Seconds between two looks; a fraction of the shortest delay of the rule. */
  every: number;
}

/**
 * The very state machine that the local gateway scales by. The rate is that of the readings: what came since the last
 * one is not seen before the next.
 */
export function openFaas({ scale, timing, scrape, every }: OpenFaas): Policy {
  const rate = new RequestRate(timing.windowMs);
  let state = initialAutoscaler(0);
  let scrapeAt = 0;
  let perSecond = 0;
  const look = ({ time, answered, replicas }: Seen): number => {
    const now = time * 1000;
    if (time >= scrapeAt - 1e-9) {
      perSecond = rate.read(now, answered);
      scrapeAt = scrape === 0 ? time : scrape * (Math.floor(time / scrape + 1e-9) + 1);
    }
    const next = lookAt(state, now, perSecond, timing);
    state = next.state;
    return replicasAfter(next.action, replicas, scale);
  };
  // A call for a function without replicas makes the gateway ask for one.
  return { initial: scale.min, every, look, wake: ({ replicas }) => Math.max(1, replicas) };
}
