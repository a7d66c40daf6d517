import type { Summary } from '../../summary/index.ts';
import { duration, percent } from '../format.ts';
import { isLate } from './late.ts';

/**
 * From where on a scenario tells more of the client, or of the machine it ran on, than of the targets. Queueing at nine
 * tenths of a busy event loop makes answers wait several times as long as it takes to read one; the others are shares
 * that are no longer lost in what repeats of a run differ by.
 */
const limits = { loopShare: 0.9, stolenShare: 0.05, throttledShare: 0.01 };

/** These are sent by a thread of their own: the event loop that is watched is not the one that sends. */
const openLoops = ['capacity', 'autoscaling', 'burst', 'base-burst'];

/** Of the median latency: sent later than that at the 99th percentile, a tail is the client's own. */
const lateShare = 0.5;

/** By scenario, why its figures are those of the client. */
export function limitedByClient({ client, targets, lateness }: Summary): Map<string, string> {
  const late = lateness
    .filter((sending) => isLate(sending, lateShare))
    .map(
      ({ scenario, target, p99Ms }) =>
        [scenario, `it sent to ${target} ${duration(p99Ms)} late at the 99th percentile`] as const,
    );
  const busy = client.flatMap(({ scenario, ...load }) => {
    const { cpuShare, loopShare = cpuShare, loopDelayP99Ms, stolenShare = 0, throttledShare = 0 } = load;
    const least = Math.min(...targets.map(({ latency }) => latency?.p95.value ?? Number.POSITIVE_INFINITY));
    const sends = !openLoops.includes(scenario);
    const found = [
      ...(sends && loopShare > limits.loopShare ? [`its event loop was busy ${percent(loopShare)} of the time`] : []),
      ...(sends && loopDelayP99Ms > least
        ? [
            `its event loop ran ${duration(loopDelayP99Ms)} late at the 99th percentile, longer than an answer takes at the 95th`,
          ]
        : []),
      ...(stolenShare > limits.stolenShare ? [`other virtual machines took ${percent(stolenShare)} of the CPU`] : []),
      ...(throttledShare > limits.throttledShare
        ? [`its CPU limit held it back ${percent(throttledShare)} of the time`]
        : []),
    ];
    return found.length === 0 ? [] : [[scenario, found.join(', and ')] as const];
  });
  return new Map([...late, ...busy]);
}
