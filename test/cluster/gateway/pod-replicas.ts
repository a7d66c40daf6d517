import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import {
  type Deployment,
  GatewayError,
  type LeasedReplica,
  type ReplicaLimits,
  type Replicas,
  WaitingLine,
} from '../../../infra/local/gateway/index.ts';
import type { FunctionObjects } from './objects.ts';
import { ReadyPods } from './ready-pods.ts';

export interface PodReplicasOptions {
  objects: FunctionObjects;
  limits: ReplicaLimits;
  onLog: (line: string) => void;
  /** Told when somebody else has deleted the Deployment. */
  onGone: () => void;
}

/** The replicas of one function as pods of a Deployment, whose number others may change too. */
export class PodReplicas implements Replicas {
  readonly processes = [];
  readonly #options: PodReplicasOptions;
  readonly #pods: ReadyPods;
  readonly #line: WaitingLine<LeasedReplica>;
  #asked: Deployment;
  /** As the cluster has it; undefined before it is made. */
  #deployment: V1Deployment | undefined;
  /** Whether the cluster has told of it, so that its absence means its end. */
  #seen = false;
  /** The replicas that were asked for here, until the cluster has taken that. */
  #wanted: number | undefined;
  #startError: string | undefined;
  #over = false;

  /** @param deployment the one that is there already. */
  constructor(asked: Deployment, options: PodReplicasOptions, deployment?: V1Deployment) {
    this.#asked = asked;
    this.#options = options;
    this.#deployment = deployment;
    this.#pods = new ReadyPods(options.limits.upstreamTimeoutMs);
    this.#line = new WaitingLine(options.limits.maxWaiting, options.limits.startTimeoutMs);
  }

  get desired(): number {
    return this.#wanted ?? this.#deployment?.spec?.replicas ?? 0;
  }

  get available(): number {
    return this.#pods.count;
  }

  get busy(): boolean {
    return this.#line.length > 0 || this.#pods.busy;
  }

  get startError(): string | undefined {
    return this.#startError;
  }

  scale(replicas: number): void {
    this.#wanted = replicas;
    if (replicas === 0) this.#line.reject(new GatewayError(503, `${this.#asked.name} was scaled to zero`));
    this.#write();
  }

  update(asked: Deployment): void {
    this.#asked = asked;
    this.#write();
  }

  tryLease(): LeasedReplica | undefined {
    return this.#pods.tryLease();
  }

  async lease(signal: AbortSignal): Promise<LeasedReplica> {
    return this.tryLease() ?? (await this.#line.wait(signal));
  }

  discard(replica: LeasedReplica): void {
    this.#pods.avoid(replica);
  }

  /** Takes what the cluster has of this name now. */
  observe(deployment: V1Deployment | undefined, pods: readonly V1Pod[]): void {
    if (this.#over) return;
    const { uid } = this.#deployment?.metadata ?? {};
    if (deployment !== undefined && deployment.metadata?.uid === uid) {
      this.#seen = true;
      this.#take(deployment);
    }
    const gone = deployment?.metadata?.uid !== uid || deployment?.metadata?.deletionTimestamp !== undefined;
    if (this.#seen && gone) this.#options.onGone();
    this.#pods.update(uid === undefined ? [] : pods);
    this.#line.serve(() => this.tryLease());
    // Somebody else has scaled it to zero while calls wait: they count as calls at zero.
    if (this.desired === 0 && this.#line.length > 0) this.scale(this.#asked.scale.min);
  }

  async remove(): Promise<void> {
    this.#end();
    const { name } = this.#asked;
    await this.#options.objects
      .inOrder(name, () => this.#options.objects.remove(name))
      .catch((error) => this.#fail(error));
    await this.#pods.close();
  }

  /** The pods stay: the next gateway goes on with them. */
  async close(): Promise<void> {
    this.#end();
    await this.#pods.close();
  }

  #end(): void {
    this.#over = true;
    this.#line.reject(new GatewayError(503, `${this.#asked.name} is being removed`));
  }

  /** Brings the Deployment to what is wanted, once all that was begun for its name is over. */
  #write(): void {
    const { objects } = this.#options;
    const write = async (): Promise<void> => {
      if (this.#over) return;
      const replicas = this.desired;
      this.#take(await objects.write(this.#asked, replicas));
      if (this.#wanted === replicas) this.#wanted = undefined;
      this.#startError = undefined;
    };
    objects.inOrder(this.#asked.name, write).catch((error) => this.#fail(error));
  }

  /** The cluster's news may be older than its answers. */
  #take(deployment: V1Deployment): void {
    const known = this.#deployment?.metadata;
    const newer = (deployment.metadata?.generation ?? 0) >= (known?.generation ?? 0);
    if (known?.uid !== deployment.metadata?.uid || newer) this.#deployment = deployment;
  }

  #fail(error: Error): void {
    this.#startError = error.message;
    this.#options.onLog(`gateway: ${this.#asked.name}: ${error.message}`);
    this.#line.reject(new GatewayError(503, error.message));
  }
}
