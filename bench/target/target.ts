/** How a model is served. `unknown` is an endpoint named by its URL alone. */
export type Architecture = 'server' | 'serverless' | 'hybrid' | 'unknown';

/** Replicas of a target: those that answer now, and those that its platform wants. */
export interface Replicas {
  ready: number;
  desired: number;
}

/** What one part of a target, all its processes together, has used and holds. */
export interface Part {
  /** As its platform calls it: `classifier`, `gateway`, `prometheus`. */
  name: string;
  /** `replica` comes with each replica of the model; `fixed` is there however many replicas there are. */
  kind: 'replica' | 'fixed';
  /** When it was read, in milliseconds by the clock of whoever counted: only differences mean something. */
  time: number;
  /** Used since its start. */
  cpuSeconds: number;
  /** Held now. */
  memoryBytes: number;
  /** Processes; on Kubernetes, containers. */
  processes: number;
  /** What its platform keeps for it, used or not; absent where nothing is kept. */
  reserved?: { cpus: number; memoryBytes: number };
}

/**
 * What a platform did before a new replica's program could run, in milliseconds since 1970 by the client's clock: the
 * replica was asked for, it had a place, the place had its image. What the platform does not tell is absent.
 */
export interface StartSteps {
  created?: number;
  scheduled?: number;
  pulled?: number;
}

/**
 * One running architecture as the benchmark sees it. Whoever made it hands over this much and no more; what a target
 * cannot tell or do is absent, and the scenarios that need it say so instead of guessing.
 */
export interface Target {
  readonly name: string;
  readonly architecture: Architecture;
  readonly platform: 'local' | 'kubernetes' | 'external';
  /** Where a picture is sent by POST: http or https. It may hold secrets: `shownUrl` says what may be written down. */
  readonly url: string;
  /** What requests carry in their Host header, where that is not the URL's: how an ingress tells its routes apart. */
  readonly host?: string;
  replicas?(): Promise<Replicas>;
  /** Resolves once that many replicas are there; 0 means that no process is left. */
  scale?(replicas: number): Promise<void>;
  /**
   * Lets the platform change the number of replicas by itself, or not: with it off, a target has one replica and what
   * is measured is of one. Resolves once that holds.
   */
  autoscale?(on: boolean): Promise<void>;
  /** Hybrid alone: lets each server of the base have so many requests at once, before others overflow. */
  overflowAt?(inFlight: number): Promise<void>;
  /** How the first replica started that came after that time. */
  startedSince?(time: number): Promise<StartSteps>;
  /** All parts that the target needs, read after this was asked. */
  resources?(): Promise<Part[]>;
}

/** Where requests to a target go. */
export function addressOf({ url, host }: Target): Pick<Target, 'url' | 'host'> {
  return { url, ...(host !== undefined && { host }) };
}
