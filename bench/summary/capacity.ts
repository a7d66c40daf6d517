import type { Sample } from '../load/index.ts';
import { formatObjective, type Objective } from '../objective/index.ts';
import type { Manifest, RunEvent } from '../record/index.ts';
import { type Conclusion, conclude, type Outcome, probeOf, rateOf, searchSettings, stepOf } from '../search/index.ts';
import { type Estimate, quantile, quantileOverBlocks } from '../stats/index.ts';
import { inStretches, latencyBlocks } from './latency.ts';
import { byBlock, countOutcomes, type Outcomes } from './outcomes.ts';

/** What all probes at one rate have shown; those whose client was late are left out. */
export interface RateFigures extends Outcomes {
  /** Requests a second. */
  rate: number;
  /** Probes that kept the objective, and all that showed something. */
  kept: number;
  probes: number;
  /** Some probe was given up: its latencies are only those of the requests that were answered until then. */
  givenUp: boolean;
  /** How late the client sent, in milliseconds, at the 99th percentile of the requests. */
  latenessP99Ms: number;
  /** Latency of the successes in milliseconds, at the median and at the objective's quantile; absent without any. */
  median?: Estimate;
  atQuantile?: Estimate;
}

/** The highest rate at which a target keeps the objective. */
export interface CapacityFigures extends Pick<Conclusion, 'state' | 'clientLimited'> {
  /** The objective, as a person reads it. */
  objective: string;
  /**
   * Requests a second: the highest rate that was kept, and as bounds that rate and the next that was broken, infinite
   * where none was. Absent when no rate was kept. It is a bracket of what was tried, no confidence interval.
   */
  perSecond?: Estimate;
  /** Probes that came to their end, and those of them that show nothing, since the client sent too late. */
  probes: number;
  voidProbes: number;
  /** Requests that had no answer when probes were given up: they are in no other count. */
  underway: number;
  /** By rate, upwards. */
  curve: RateFigures[];
  /** Most replicas seen between probes; absent where the target cannot tell. */
  replicas?: number;
}

/** Each probe is cut into so many for intervals. */
const stretches = 5;

interface Judged {
  rate: number;
  outcome: Outcome;
  givenUp: boolean;
  underway: number;
  samples: Sample[];
}

/** The capacity of one target, from its probes alone; undefined when none came to its end. */
export function summariseCapacity(
  samples: readonly Sample[],
  events: readonly RunEvent[],
  { objective, capacity }: Manifest['settings'],
): CapacityFigures | undefined {
  if (objective === undefined || capacity === undefined) return undefined;
  const probes = judgeProbes(samples, events, objective);
  if (probes.length === 0) return undefined;
  const { resolution } = capacity;
  const tried = probes.map(({ rate, outcome }) => ({ step: stepOf(rate, resolution), outcome }));
  const { state, clientLimited, kept, broken } = conclude(tried, searchSettings(capacity));
  const seen = events.flatMap((event) => (event.kind === 'replicas' ? [event.ready] : []));
  return {
    objective: formatObjective(objective),
    state,
    clientLimited,
    ...(kept === undefined ? {} : { perSecond: bracketOf(kept, broken, resolution) }),
    probes: probes.length,
    voidProbes: probes.filter(({ outcome }) => outcome === 'void').length,
    underway: probes.reduce((sum, { underway }) => sum + underway, 0),
    curve: rateCurve(probes, objective),
    ...(seen.length === 0 ? {} : { replicas: Math.max(...seen) }),
  };
}

function bracketOf(kept: number, broken: number | undefined, resolution: number): Estimate {
  const value = rateOf(kept, resolution);
  return { value, low: value, high: broken === undefined ? Number.POSITIVE_INFINITY : rateOf(broken, resolution) };
}

/** The probes in the order in which they ended. */
function judgeProbes(samples: readonly Sample[], events: readonly RunEvent[], objective: Objective): Judged[] {
  const blocks = byBlock(samples);
  return events.flatMap((event): Judged[] => {
    if (event.kind !== 'probe') return [];
    const own = blocks.get(event.block) ?? [];
    const { outcome } = probeOf(own, event.givenUp, objective);
    const { rate, givenUp, underway } = event;
    return [{ rate, outcome, givenUp, underway: underway?.requests ?? 0, samples: own }];
  });
}

function rateCurve(probes: readonly Judged[], objective: Objective): RateFigures[] {
  const shown = probes.filter(({ outcome }) => outcome !== 'void');
  const rates = [...new Set(shown.map(({ rate }) => rate))].sort((a, b) => a - b);
  return rates.map((rate) => {
    const own = shown.filter((probe) => probe.rate === rate);
    const samples = own.flatMap((probe) => probe.samples);
    const blocks = latencyBlocks(inStretches(samples, stretches));
    return {
      rate,
      kept: own.filter(({ outcome }) => outcome === 'kept').length,
      probes: own.length,
      givenUp: own.some(({ givenUp }) => givenUp),
      ...countOutcomes(samples),
      latenessP99Ms: latenessP99(samples),
      ...(blocks.length === 0
        ? {}
        : { median: quantileOverBlocks(blocks, 0.5), atQuantile: quantileOverBlocks(blocks, objective.quantile) }),
    };
  });
}

function latenessP99(samples: readonly Sample[]): number {
  return quantile(
    samples.map(({ sent, intended }) => sent - intended).sort((a, b) => a - b),
    0.99,
  );
}
