import type { Sample } from '../load/index.ts';
import { keepsObjective, type Objective, type Tally, tally } from '../objective/index.ts';
import { quantile } from '../stats/index.ts';
import type { Outcome } from './search.ts';

/** What the requests of one probe show. */
export interface Probe extends Tally {
  outcome: Outcome;
  /** How late the client sent, in milliseconds, at the objective's quantile of its requests. */
  latenessMs: number;
}

/** The share of the limit by which a client may be late before what it has sent proves nothing. */
const latenessShare = 0.1;

/**
 * Reads a probe. It is void when the client was late by more than a tenth of the objective's limit at the objective's
 * quantile: latency holds that lateness, and the rate was not the intended one. Otherwise a probe
 * that was given up as hopeless has broken the objective, whatever its requests until then were.
 */
export function probeOf(samples: readonly Sample[], givenUp: boolean, objective: Objective): Probe {
  const counts = tally(samples, objective);
  const lateness = samples.map(({ sent, intended }) => sent - intended).sort((a, b) => a - b);
  const latenessMs = quantile(lateness, objective.quantile);
  const late = latenessMs > objective.latencyMs * latenessShare;
  const kept = !givenUp && keepsObjective(counts, objective);
  return { ...counts, outcome: late ? 'void' : kept ? 'kept' : 'broken', latenessMs };
}
