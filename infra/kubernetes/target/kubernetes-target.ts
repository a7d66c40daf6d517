import { boundReplicas, type Cluster, scaleDeployment, type WatchedDeployment, watchDeployment } from '../api/index.ts';
import { switchAutoscaler } from './autoscaler.ts';
import type { ClusterTarget } from './cluster-target.ts';
import type { TargetDescription } from './description.ts';
import { type Part, resourcesOf } from './resources.ts';
import { type StartSteps, type WatchedStarts, watchStarts } from './watch-starts.ts';

/** A server, or a function, as a benchmark sees it. */
export class KubernetesTarget implements ClusterTarget {
  readonly name: string;
  readonly architecture: TargetDescription['architecture'];
  readonly platform = 'kubernetes';
  readonly url: string;
  /** What requests carry in their Host header, where that is not the URL's. */
  readonly host?: string;
  /** Where it starts again by itself from zero. Resolves when that many replicas are ready; 0 means that no pod is left. */
  readonly scale?: (replicas: number) => Promise<void>;
  /**
   * Where there is an autoscaler, or more than one replica. Off leaves one replica alone, as every target is compared; on
   * has the autoscaler act on the least replicas. Resolves when that holds.
   */
  readonly autoscale?: (on: boolean) => Promise<void>;
  /** Where the kubelets may be asked. */
  readonly resources?: () => Promise<Part[]>;
  readonly #cluster: Cluster;
  readonly #description: TargetDescription;
  readonly #watched: WatchedDeployment;
  readonly #starts: WatchedStarts;
  readonly #signal: AbortSignal;
  #changed = { autoscaler: false, replicas: false };

  private constructor(
    cluster: Cluster,
    description: TargetDescription,
    watched: WatchedDeployment,
    starts: WatchedStarts,
    resources: (() => Promise<Part[]>) | undefined,
    signal: AbortSignal,
  ) {
    this.name = description.name;
    this.architecture = description.architecture;
    this.url = description.url;
    if (description.host !== undefined) this.host = description.host;
    this.#cluster = cluster;
    this.#description = description;
    this.#watched = watched;
    this.#starts = starts;
    this.#signal = signal;
    if (resources !== undefined) this.resources = resources;
    if (description.scalable) this.scale = (replicas) => this.#scale(replicas);
    if (description.autoscaler !== undefined || description.minReplicas > 1) {
      this.autoscale = (on) => this.#autoscale(on);
    }
  }

  /** @throws Error when the Deployment is not there or cannot be watched. */
  static async of(cluster: Cluster, description: TargetDescription, signal: AbortSignal): Promise<KubernetesTarget> {
    const watched = await watchDeployment(cluster, description.deployment);
    const starts = await watchStarts(cluster, description.deployment).catch(async (error: unknown) => {
      await watched.stop();
      throw error;
    });
    return new KubernetesTarget(cluster, description, watched, starts, await resourcesOf(cluster, description), signal);
  }

  async replicas(): Promise<{ ready: number; desired: number }> {
    return this.#watched.replicas();
  }

  async startedSince(time: number): Promise<StartSteps> {
    return this.#starts.since(time);
  }

  async #scale(replicas: number): Promise<void> {
    this.#signal.throwIfAborted();
    this.#changed.replicas = true;
    await this.#ask(replicas);
    await this.#watched.reached(replicas, this.#signal);
    await this.#letGo(replicas);
  }

  async #ask(replicas: number): Promise<void> {
    const { autoscaler, deployment } = this.#description;
    if (autoscaler?.kind === 'knative') {
      // With zero at least, the next request still starts one.
      await boundReplicas(this.#cluster, autoscaler, { min: replicas, max: Math.max(replicas, 1) });
    } else {
      await scaleDeployment(this.#cluster, deployment, replicas);
    }
  }

  /** Has Knative's autoscaler act again where it is on; fewer replicas than its least stay until somebody asks. */
  async #letGo(replicas: number): Promise<void> {
    const { autoscaler } = this.#description;
    if (autoscaler?.kind !== 'knative' || this.#changed.autoscaler) return;
    const { min, max } = autoscaler;
    await boundReplicas(this.#cluster, autoscaler, { min: Math.min(replicas, min), max });
  }

  async #autoscale(on: boolean): Promise<void> {
    const { autoscaler, minReplicas } = this.#description;
    this.#signal.throwIfAborted();
    if (autoscaler !== undefined) {
      this.#changed.autoscaler = !on;
      await switchAutoscaler(this.#cluster, autoscaler, on, this.#signal);
    }
    if (!on) await this.#leave(1);
    else if (minReplicas <= 1) return;
    // Knative's has the least replicas in its hands.
    else if (autoscaler?.kind === 'knative') await this.#watched.reached(minReplicas, this.#signal);
    else await this.#leave(minReplicas);
  }

  async #leave(replicas: number): Promise<void> {
    // Also where a benchmark that was killed has left it so.
    this.#changed.replicas = true;
    if (this.#watched.replicas().desired === replicas) await this.#watched.reached(replicas, this.#signal);
    else await this.#scale(replicas);
  }

  /** Leaves the deployment as it was found: its autoscaler acts, and the least replicas are wanted. */
  async close(): Promise<void> {
    const { autoscaler, deployment, minReplicas } = this.#description;
    const byKnative = autoscaler?.kind === 'knative';
    const left = AbortSignal.timeout(closeMs);
    try {
      if (this.#changed.replicas && !byKnative && this.#watched.replicas().desired !== minReplicas) {
        await scaleDeployment(this.#cluster, deployment, minReplicas);
      }
      if (autoscaler !== undefined && (this.#changed.autoscaler || (byKnative && this.#changed.replicas))) {
        await switchAutoscaler(this.#cluster, autoscaler, true, left);
      }
    } finally {
      await Promise.all([this.#watched.stop(), this.#starts.stop()]);
    }
  }
}

/** Milliseconds that an autoscaler gets to act again at the end. */
const closeMs = 60_000;
