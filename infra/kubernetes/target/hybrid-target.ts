import { routerVariables } from '../../router/index.ts';
import { boundReplicas, type Cluster, scaleDeployment, type WatchedDeployment, watchDeployment } from '../api/index.ts';
import { switchAutoscaler } from './autoscaler.ts';
import type { ClusterTarget } from './cluster-target.ts';
import type { Autoscaler, HybridDescription, TargetDescription } from './description.ts';
import { type Part, resourcesOf } from './resources.ts';
import { setVariables, type Variables } from './router.ts';
import { type StartSteps, type WatchedStarts, watchStarts } from './watch-starts.ts';

interface Watched {
  base: WatchedDeployment;
  function: WatchedDeployment;
  starts: WatchedStarts;
}

/** A hybrid as a benchmark sees it: its base and its function are one target, reached through the router. */
export class HybridTarget implements ClusterTarget {
  readonly name: string;
  readonly architecture: TargetDescription['architecture'];
  readonly platform = 'kubernetes';
  readonly url: string;
  /** Where the stack's configuration leaves it to who measures: lets each server of the base have so many requests at once. */
  readonly overflowAt?: (inFlight: number) => Promise<void>;
  /** Where the kubelets may be asked. */
  readonly resources?: () => Promise<Part[]>;
  readonly #cluster: Cluster;
  readonly #hybrid: HybridDescription;
  readonly #autoscaler: Autoscaler | undefined;
  readonly #watched: Watched;
  readonly #signal: AbortSignal;
  #changed = false;

  private constructor(
    cluster: Cluster,
    { name, architecture, url, autoscaler }: TargetDescription,
    hybrid: HybridDescription,
    watched: Watched,
    resources: (() => Promise<Part[]>) | undefined,
    signal: AbortSignal,
  ) {
    this.name = name;
    this.architecture = architecture;
    this.url = url;
    this.#cluster = cluster;
    this.#hybrid = hybrid;
    this.#autoscaler = autoscaler;
    this.#watched = watched;
    this.#signal = signal;
    if (resources !== undefined) this.resources = resources;
    if (hybrid.measured) {
      this.overflowAt = (inFlight) => this.#set({ [routerVariables.inFlight]: String(inFlight) }, signal);
    }
  }

  /** @throws Error when a Deployment is not there or cannot be watched. */
  static async of(
    cluster: Cluster,
    description: TargetDescription,
    hybrid: HybridDescription,
    signal: AbortSignal,
  ): Promise<HybridTarget> {
    const begun = await Promise.allSettled([
      watchDeployment(cluster, description.deployment),
      watchDeployment(cluster, hybrid.function),
      watchStarts(cluster, hybrid.function),
    ]);
    const [base, called, starts] = begun;
    if (base.status === 'fulfilled' && called.status === 'fulfilled' && starts.status === 'fulfilled') {
      const watched = { base: base.value, function: called.value, starts: starts.value };
      const resources = await resourcesOf(cluster, description);
      return new HybridTarget(cluster, description, hybrid, watched, resources, signal);
    }
    await Promise.all(begun.map((each) => (each.status === 'fulfilled' ? each.value.stop() : undefined)));
    throw begun.find((each) => each.status === 'rejected')?.reason;
  }

  /** Of the base and of the function together. */
  async replicas(): Promise<{ ready: number; desired: number }> {
    const [base, called] = [this.#watched.base.replicas(), this.#watched.function.replicas()];
    return { ready: base.ready + called.ready, desired: base.desired + called.desired };
  }

  /** Of the function: the base has started long before. */
  async startedSince(time: number): Promise<StartSteps> {
    return this.#watched.starts.since(time);
  }

  /** With it off, the base alone answers. The function has no replica then, wherever it starts again by itself. */
  async autoscale(on: boolean): Promise<void> {
    this.#signal.throwIfAborted();
    this.#changed = true;
    await this.#set({ [routerVariables.overflow]: on ? 'enabled' : 'disabled' }, this.#signal);
    const autoscaler = this.#autoscaler;
    if (autoscaler !== undefined && autoscaler.kind !== 'knative') {
      await switchAutoscaler(this.#cluster, autoscaler, on, this.#signal);
    }
    if (!this.#hybrid.function.scalable) return;
    await this.#empty(on);
    await this.#watched.function.reached(0, this.#signal);
  }

  async #empty(on: boolean): Promise<void> {
    const autoscaler = this.#autoscaler;
    // Its replicas are gone once nobody has asked for a while.
    if (autoscaler?.kind !== 'knative') await scaleDeployment(this.#cluster, this.#hybrid.function, 0);
    else await boundReplicas(this.#cluster, autoscaler, { min: 0, max: on ? autoscaler.max : 1 });
  }

  #set(variables: Variables, signal: AbortSignal): Promise<void> {
    return setVariables(this.#cluster, this.#hybrid.router, variables, signal);
  }

  /** Leaves the function to its autoscaler and to what overflows. What the base may have at once stays as it was measured. */
  async close(): Promise<void> {
    const { base, function: called, starts } = this.#watched;
    try {
      if (this.#changed) await restoreHybrid(this.#cluster, this.#hybrid, this.#autoscaler);
    } finally {
      await Promise.all([base.stop(), called.stop(), starts.stop()]);
    }
  }
}

/** Milliseconds that the router and the autoscaler get to act again at the end. */
const closeMs = 120_000;

/** Leaves a hybrid as it is described, whatever a benchmark has set. */
export async function restoreHybrid(
  cluster: Cluster,
  { router, function: called }: HybridDescription,
  autoscaler: Autoscaler | undefined,
): Promise<void> {
  const signal = AbortSignal.timeout(closeMs);
  await setVariables(cluster, router, { [routerVariables.overflow]: 'enabled' }, signal);
  if (autoscaler !== undefined) await switchAutoscaler(cluster, autoscaler, true, signal);
  if (called.scalable && autoscaler?.kind !== 'knative') await scaleDeployment(cluster, called, 0);
}
