import type { AutoscalerTiming } from './gateway/index.ts';
import type { Part } from './process/index.ts';

export type LocalArchitecture = 'server' | 'serverless' | 'hybrid';

export interface LocalOptions {
  /**
   * How a replica of the app is started: `app/main.ts` of this repository unless given. It serves HTTP on HOST and
   * PORT, answers `GET /_/health` with 200 once it is ready, and ends when its IPC channel does.
   */
  command?: readonly string[];
  /** Added to this process's environment for the app, as MODEL_DIR. */
  env?: Readonly<Record<string, string>>;
  function?: {
    /** Replicas to start with and to come back to; 1 unless given. */
    min?: number;
    /** Replicas at most; 5 unless given. */
    max?: number;
    /** A step of the autoscaler as a percentage of `max`; 20 unless given. */
    factor?: number;
    /** Time without a call after which no replica is kept; 0, never, unless given. */
    idleSeconds?: number;
  };
  /** When the autoscaler acts; OpenFaaS's own timing unless given. */
  timing?: AutoscalerTiming;
  /** 0, any free one, unless given. */
  ports?: { server?: number; gateway?: number };
  /** Server and serverless unless given. Hybrid needs HAProxy: see `findRouter`. */
  architectures?: readonly LocalArchitecture[];
  hybrid?: {
    /** Servers that are always on; 1 unless given. */
    base?: number;
    /** Requests that each of them may have at once, before others go to the function; `hybridInFlight` unless given. */
    inFlight?: number;
    /** Time without a call after which no replica of the function is kept, in seconds; 30 unless given. */
    idleSeconds?: number;
  };
  /** Takes each log line of all processes. */
  onLog?: (line: string) => void;
  /** Ends a start that is under way: everything it has started is stopped, and the signal's reason is thrown. */
  signal?: AbortSignal;
}

/** Requests that a hybrid gives each server of its base at once, until something else is measured. */
export const hybridInFlight = 8;

/** One architecture as a benchmark sees it. */
export interface LocalTarget {
  readonly name: string;
  readonly architecture: LocalArchitecture;
  readonly platform: 'local';
  /** A picture is sent here by POST. */
  readonly url: string;
  replicas(): Promise<{ ready: number; desired: number }>;
  /** Serverless only. Resolves when that many replicas are ready; 0 means that no process is left. */
  scale?(replicas: number): Promise<void>;
  /** Not of a server. Turns autoscaling on or off; resolves when the least replicas are ready. A hybrid without is its base alone. */
  autoscale?(on: boolean): Promise<void>;
  /** Hybrid only. Lets each server of the base have so many requests at once, before others go to the function. */
  overflowAt?(inFlight: number): Promise<void>;
  /**
   * All parts that the architecture needs: `classifier`, the replicas, for serverless `gateway`, and for hybrid `base` and
   * `router` besides. CPU of replicas of the function that have ended counts. Absent where the system does not tell: only Linux does.
   */
  resources?(): Promise<Part[]>;
}

export interface LocalPlatform {
  targets: LocalTarget[];
  /**
   * Present with the serverless architecture. `passwordFile` holds the password for this user alone until the platform
   * is stopped; `image` is what a function can be deployed from.
   */
  gateway?: { url: string; user: 'admin'; password: string; passwordFile: string; image: string };
  /** Ends every process, in order. Safe at any time and any number of times. */
  stop(): Promise<void>;
}
