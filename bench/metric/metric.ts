import type { RunRecord } from '../record/index.ts';
import type { BlockFigure, Estimate } from '../stats/index.ts';
import type { TargetSummary } from '../summary/index.ts';
import type { Quantity } from './quantity.ts';

/** One named figure of a target: what comparisons list and checks are about. */
export interface Metric {
  /** `latency.p95`: the scenario, and the figure in it; `capacity` is a scenario's only one, `errors` the whole run's. */
  name: string;
  label: string;
  /** What it is of, where its name does not begin with that scenario. */
  scenario?: string;
  /** How it is measured: milliseconds, successes a second, a share of 1, bytes or a plain number. */
  quantity: Quantity;
  /** Absent where neither is better by itself. */
  better?: 'lower' | 'higher';
  /** The figure with its interval, open where nothing is known of the noise; undefined when it was not measured. */
  read(target: TargetSummary): Estimate | undefined;
  /** The same figure by blocks, for its scatter; absent where a run measures it once, and `read` never has an interval. */
  byBlock?(run: RunRecord, target: TargetSummary): BlockFigure;
}
