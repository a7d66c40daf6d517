/** Bounds of waiting; times are in milliseconds. */
export interface ReplicaLimits {
  /** How long a replica may take to become ready, and a call may wait for one. */
  startTimeoutMs: number;
  /** Calls that may wait for a replica; the next one gets 503. */
  maxWaiting: number;
  /** How long a replica that is no longer used may take to finish what it has accepted. */
  drainTimeoutMs: number;
  /** How long it may then take to end by itself. */
  stopGraceMs: number;
  /** How long a replica may take to begin its answer, and may pause within it. */
  upstreamTimeoutMs: number;
}

/** A minute upstream as OpenFaaS has it. */
export const defaultLimits: ReplicaLimits = {
  startTimeoutMs: 60_000,
  maxWaiting: 1_000,
  drainTimeoutMs: 60_000,
  stopGraceMs: 10_000,
  upstreamTimeoutMs: 60_000,
};
