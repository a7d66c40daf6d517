/** What an autoscaler can see of its replicas at one time. The areas grow with time; a mean is their growth over a span. */
export interface Seen {
  /** Seconds from the start. */
  time: number;
  /** Requests answered with success until now. */
  answered: number;
  /** Requests that are there, waiting or being answered, times seconds. */
  inSystemArea: number;
  /** Work that was done, in seconds that it takes a request alone: what keeps CPUs busy. */
  busyArea: number;
  /** Requests that are there now. */
  inSystem: number;
  ready: number;
  /** Replicas that are ready or will be. */
  replicas: number;
}

/** Decides how many replicas there are. It keeps its own memory; one object serves one simulation. */
export interface Policy {
  /** Replicas at the start, ready then. */
  readonly initial: number;
  /** Seconds between two looks; infinite where it never changes its mind. */
  readonly every: number;
  /** Replicas that there should be from now on. */
  look(seen: Seen): number;
  /** The same, asked once a request finds no replica at all. */
  wake(seen: Seen): number;
}
