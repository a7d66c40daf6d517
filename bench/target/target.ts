/** How a model is served. `unknown` is an endpoint named by its URL alone. */
export type Architecture = 'server' | 'serverless' | 'hybrid' | 'unknown';

/** Replicas of a target: those that answer now, and those that its platform wants. */
export interface Replicas {
  ready: number;
  desired: number;
}

/** What all processes that a target needs have used (CPU, since their start) and hold (memory, now). */
export interface Resources {
  cpuSeconds: number;
  memoryBytes: number;
  processes: number;
}

/**
 * One running architecture as the benchmark sees it. Whoever made it hands over this much and no more; what a target
 * cannot tell or do is absent, and the scenarios that need it say so instead of guessing.
 */
export interface Target {
  readonly name: string;
  readonly architecture: Architecture;
  readonly platform: 'local' | 'kubernetes' | 'external';
  /** Where a picture is sent by POST: http or https. */
  readonly url: string;
  replicas?(): Promise<Replicas>;
  /** Resolves once that many replicas are there; 0 means that no process is left. */
  scale?(replicas: number): Promise<void>;
  /**
   * Lets the platform change the number of replicas by itself, or not: with it off, a target has one replica and what
   * is measured is of one. Resolves once that holds.
   */
  autoscale?(on: boolean): Promise<void>;
  resources?(): Promise<Resources>;
}
