import type { TargetDescription } from './description.ts';
import type { Part } from './resources.ts';
import type { StartSteps } from './watch-starts.ts';

/** One deployed architecture as a benchmark sees it; what it cannot do or tell is absent. */
export interface ClusterTarget {
  readonly name: string;
  readonly architecture: TargetDescription['architecture'];
  readonly platform: 'kubernetes';
  readonly url: string;
  /** What requests carry in their Host header, where that is not the URL's. */
  readonly host?: string;
  replicas(): Promise<{ ready: number; desired: number }>;
  /** How the first replica started that came after that time. */
  startedSince(time: number): Promise<StartSteps>;
  /** Where it starts again by itself from zero. Resolves when that many replicas are ready; 0 means that no pod is left. */
  readonly scale?: (replicas: number) => Promise<void>;
  /** Lets what changes the number of replicas act, or not. Resolves when that holds. */
  readonly autoscale?: (on: boolean) => Promise<void>;
  /** Lets each server of a hybrid's base have so many requests at once. Resolves when that holds. */
  readonly overflowAt?: (inFlight: number) => Promise<void>;
  /** Where the kubelets may be asked. */
  readonly resources?: () => Promise<Part[]>;
  /** Leaves the deployment as it was found. */
  close(): Promise<void>;
}
