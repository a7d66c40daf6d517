import { GatewayError } from '../gateway-error.ts';
import {
  type AutoscalerState,
  type AutoscalerTiming,
  initialAutoscaler,
  look,
  RequestRate,
  replicasAfter,
} from '../scaling/index.ts';
import type { Deployment } from './deployment.ts';
import type { LeasedReplica, Replicas } from './replicas.ts';
import { scaleLabels } from './scale-labels.ts';

/** A deployed function: what was asked for, its replicas, and what scales them. */
export class DeployedFunction {
  readonly replicas: Replicas;
  readonly createdAt = new Date();
  readonly #timing: AutoscalerTiming;
  readonly #rate: RequestRate;
  #deployment: Deployment;
  #autoscaler: AutoscalerState;
  #activeAt: number;
  #answered = 0;
  #succeeded = 0;
  #closed = false;

  constructor(deployment: Deployment, timing: AutoscalerTiming, now: number, replicas: Replicas) {
    this.#deployment = deployment;
    this.#timing = timing;
    this.#rate = new RequestRate(timing.windowMs);
    this.#autoscaler = initialAutoscaler(now);
    this.#activeAt = now;
    this.replicas = replicas;
  }

  get deployment(): Deployment {
    return this.#deployment;
  }

  /** Calls that were forwarded and are over. */
  get invocations(): number {
    return this.#answered;
  }

  /** A ready replica for one call, or undefined. */
  tryLease(): LeasedReplica | undefined {
    return this.#closed ? undefined : this.replicas.tryLease();
  }

  /** A replica for one call; the first call to none starts one, and further ones wait with it. */
  async lease(signal: AbortSignal): Promise<LeasedReplica> {
    if (this.#closed) throw new GatewayError(503, `${this.#deployment.name} is being removed`);
    this.#activeAt = performance.now();
    if (this.replicas.desired === 0) this.replicas.scale(this.#deployment.scale.min);
    return this.replicas.lease(signal);
  }

  /** Gives a replica back after a call that it answered with this status. */
  completed(status: number): void {
    this.#activeAt = performance.now();
    this.#answered += 1;
    if (status === 200) this.#succeeded += 1;
  }

  /** Sets the replicas by hand. The autoscaler goes on from there. */
  scale(replicas: number): void {
    this.#activeAt = performance.now();
    if (!this.#closed) this.replicas.scale(replicas);
  }

  /**
   * Rolls out another deployment; without a minimum in its labels the replicas stay as many as they are.
   *
   * @throws GatewayError 400 when it cannot be run: nothing changes then.
   */
  update(deployment: Deployment): void {
    this.replicas.update(deployment);
    this.#deployment = deployment;
    if (deployment.labels[scaleLabels.min] !== undefined) this.scale(deployment.scale.min);
  }

  /** Called several times a second: autoscaling, unless that is off, and scaling to zero when idle. */
  tick(now: number, autoscales: boolean): void {
    // Only code 200 counts, as in OpenFaaS: a function that fails is not given more replicas.
    const rate = this.#rate.read(now, this.#succeeded);
    const before = autoscales ? this.#autoscaler : initialAutoscaler(now);
    const { state, action } = look(before, now, rate, this.#timing);
    this.#autoscaler = state;
    const { desired } = this.replicas;
    // A function at zero stays there until it is called, whatever the autoscaler still had to say of earlier load.
    if (desired > 0 && !this.#closed) this.#rescale(replicasAfter(action, desired, this.#deployment.scale), now);
  }

  /** Resolves when nothing of it is left. */
  async remove(): Promise<void> {
    this.#closed = true;
    await this.replicas.remove();
  }

  /** The gateway ends. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.replicas.close();
  }

  #rescale(replicas: number, now: number): void {
    const { idleMs } = this.#deployment.scale;
    const { busy, available, startError } = this.replicas;
    // One that is still starting has had no chance to be idle: it would go before it ever was ready.
    const starting = available === 0 && startError === undefined;
    if (busy || starting) this.#activeAt = now;
    if (idleMs !== undefined && now - this.#activeAt >= idleMs) this.replicas.scale(0);
    else if (replicas !== this.replicas.desired) this.replicas.scale(replicas);
  }
}
