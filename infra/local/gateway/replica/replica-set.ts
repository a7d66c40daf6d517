import { Backoff, describeExit } from '../../process/index.ts';
import type { Deployment, LeasedReplica, ReplicaProcess, Replicas } from '../function/index.ts';
import { GatewayError } from '../gateway-error.ts';
import type { ReplicaLimits } from './limits.ts';
import { planReplicas } from './plan.ts';
import { Replica, type Template } from './replica.ts';
import { WaitingLine } from './waiting-line.ts';

export interface ReplicaSetOptions {
  /** @throws GatewayError 400 when such a deployment cannot be run. */
  templateOf: (deployment: Deployment) => Template;
  limits: ReplicaLimits;
  /** Makes the names of replicas unlike those of any other gateway on this machine. */
  suffix: string;
  onLog: (line: string) => void;
  /** Told whenever a process came or went. */
  onProcesses: () => void;
}

/** The replicas of one function: as many as wanted, of the newest template, each replaced when it ends by itself. */
export class ReplicaSet implements Replicas {
  /** Of the function; replicas are named after it. */
  readonly #name: string;
  readonly #options: ReplicaSetOptions;
  readonly #replicas = new Set<Replica>();
  readonly #line: WaitingLine<Replica>;
  readonly #backoff = new Backoff();
  readonly #endings = new Set<Promise<void>>();
  #template: Template;
  #desired = 0;
  #count = 0;
  #turn = 0;
  #pause: NodeJS.Timeout | undefined;
  #startError: string | undefined;

  constructor(deployment: Deployment, options: ReplicaSetOptions) {
    this.#name = deployment.name;
    this.#options = options;
    this.#template = options.templateOf(deployment);
    this.#line = new WaitingLine(options.limits.maxWaiting, options.limits.startTimeoutMs);
  }

  get desired(): number {
    return this.#desired;
  }

  get available(): number {
    return this.#ready().length;
  }

  get busy(): boolean {
    return this.#line.length > 0 || this.#ready().some(({ inFlight }) => inFlight > 0);
  }

  get processes(): ReplicaProcess[] {
    return [...this.#replicas].flatMap(({ name, state, pid }) => (pid === undefined ? [] : [{ name, state, pid }]));
  }

  get startError(): string | undefined {
    return this.#startError;
  }

  scale(replicas: number): void {
    this.#desired = replicas;
    if (replicas === 0) this.#line.reject(new GatewayError(503, `${this.#name} was scaled to zero`));
    this.#converge();
  }

  /** One new replica at a time; an old one leaves when the new one is ready. */
  update(deployment: Deployment): void {
    this.#template = this.#options.templateOf(deployment);
    this.#backoff.reset();
    this.#resume();
  }

  /** The one with the fewest calls in flight, as they take different times and replicas share cores; in turn among equals. */
  tryLease(): Replica | undefined {
    let best: Replica | undefined;
    for (const replica of this.#replicas) {
      if (replica.state === 'ready' && (best === undefined || replica.isFreerThan(best))) best = replica;
    }
    this.#turn += 1;
    return best?.lease(this.#turn);
  }

  async lease(signal: AbortSignal): Promise<Replica> {
    return this.tryLease() ?? (await this.#line.wait(signal));
  }

  /** Replaces a replica that takes no calls any more, although its process is there. */
  discard(leased: LeasedReplica): void {
    const replica = this.#ready().find((each) => each === leased);
    if (replica === undefined) return;
    this.#options.onLog(`gateway: ${replica.name} refuses connections; it is replaced`);
    this.#retire(replica);
    this.#converge();
  }

  remove(): Promise<void> {
    return this.close();
  }

  async close(): Promise<void> {
    this.scale(0);
    clearTimeout(this.#pause);
    while (this.#endings.size > 0) await Promise.all(this.#endings);
  }

  #ready(): Replica[] {
    return [...this.#replicas].filter(({ state }) => state === 'ready');
  }

  /** Brings what is there closer to what is wanted. Called after every change of either. */
  #converge(): void {
    const { leaving, starts } = planReplicas(
      [...this.#replicas],
      this.#desired,
      ({ template }) => template !== this.#template,
    );
    for (const replica of leaving) this.#retire(replica);
    if (this.#pause !== undefined) return;
    for (let count = 0; count < starts; count += 1) this.#start();
  }

  #start(): void {
    const { suffix, limits, onLog, onProcesses } = this.#options;
    this.#count += 1;
    const replica = new Replica(`${this.#name}-${this.#count}-${suffix}`, this.#template, limits);
    this.#replicas.add(replica);
    replica
      .start((line) => onLog(`[${replica.name}] ${line}`), onProcesses)
      .then(
        ({ ended }) => {
          this.#startError = undefined;
          const readyAt = performance.now();
          void ended.then((exit) => this.#lost(replica, describeExit(exit), performance.now() - readyAt));
          if (replica.state !== 'ready') return;
          this.#line.serve(() => this.tryLease());
          this.#converge();
        },
        (error: Error) => this.#failed(replica, error),
      );
  }

  /** A start that failed, or was given up. */
  #failed(replica: Replica, error: Error): void {
    this.#forget(replica);
    if (replica.state === 'leaving') {
      this.#converge();
      return;
    }
    this.#startError = error.message;
    this.#options.onLog(`gateway: ${error.message}`);
    const othersStart = [...this.#replicas].some(({ state }) => state === 'starting');
    if (this.available === 0 && !othersStart) this.#line.reject(new GatewayError(503, error.message));
    this.#retryAfter(this.#backoff.after(0));
  }

  /** A replica that was ready has ended. */
  #lost(replica: Replica, how: string, livedMs: number): void {
    const expected = replica.state === 'leaving';
    replica.leave();
    this.#forget(replica);
    if (expected) return;
    this.#options.onLog(`gateway: ${replica.name} ${how}; it is replaced`);
    this.#retire(replica);
    this.#retryAfter(this.#backoff.after(livedMs));
  }

  #forget(replica: Replica): void {
    this.#replicas.delete(replica);
    this.#options.onProcesses();
  }

  #retire(replica: Replica): void {
    const ending = replica.retire().finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }

  #retryAfter(delayMs: number): void {
    clearTimeout(this.#pause);
    if (delayMs === 0) this.#resume();
    else this.#pause = setTimeout(() => this.#resume(), delayMs);
  }

  #resume(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#converge();
  }
}
