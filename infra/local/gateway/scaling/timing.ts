/** When the autoscaler looks and acts. Times are in milliseconds. Each names the setting of OpenFaaS that it stands for. */
export interface AutoscalerTiming {
  /** Answers with code 200 a second above which a function is too busy (the alert rule's `> 5`). */
  threshold: number;
  /** Span over which that rate is taken (`rate(…[10s])`). */
  windowMs: number;
  /** How often the rule is evaluated (Prometheus' `evaluation_interval`). */
  evaluationMs: number;
  /** How long the rate must stay above the threshold before the alert fires (`for`). */
  holdMs: number;
  /** From firing to the first step (Alertmanager's `group_wait`). */
  groupWaitMs: number;
  /** After the first step, news (here: that the rate is low again) is acted on at multiples of this (`group_interval`). */
  groupIntervalMs: number;
  /** Between two steps while the alert keeps firing (`repeat_interval`). */
  repeatMs: number;
}

/** OpenFaaS as its chart sets it up: a first step after about half a minute of load, the next each half minute. */
export const openfaasTiming: AutoscalerTiming = {
  threshold: 5,
  windowMs: 10_000,
  evaluationMs: 15_000,
  holdMs: 5_000,
  groupWaitMs: 5_000,
  groupIntervalMs: 10_000,
  repeatMs: 30_000,
};

/** The same rule on a shorter clock: from 1 to 5 replicas in about 10 s of load, and back within about 3 s. */
export const quickTiming: AutoscalerTiming = {
  threshold: 5,
  windowMs: 2_000,
  evaluationMs: 500,
  holdMs: 500,
  groupWaitMs: 500,
  groupIntervalMs: 500,
  repeatMs: 2_000,
};
