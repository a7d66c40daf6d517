import type { Summary } from '../../summary/index.ts';
import { duration, percent } from '../format.ts';
import { lateSendings } from './late.ts';

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
  const late = lateSendings(lateness, lateShare).map(({ scenario, target, p99Ms }) => ({
    scenario,
    reason: `it sent to ${target} ${duration(p99Ms)} late at the 99th percentile`,
  }));
  const busy = client.flatMap(({ scenario, ...load }) => {
    const { cpuShare, loopShare = cpuShare, loopDelayP99Ms, stolenShare = 0, throttledShare = 0 } = load;
    const least = Math.min(...targets.map(({ latency }) => latency?.p95.value ?? Number.POSITIVE_INFINITY));
    const sends = !openLoops.includes(scenario);
    const reasons = [
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
    return reasons.map((reason) => ({ scenario, reason }));
  });
  const found = [...late, ...busy];
  const reasonsOf = (scenario: string): string[] =>
    found.filter((each) => each.scenario === scenario).map(({ reason }) => reason);
  return new Map(found.map(({ scenario }) => [scenario, reasonsOf(scenario).join(', and ')]));
}
