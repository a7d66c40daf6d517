import { Pool } from 'undici';
import { type Child, startService } from '../../process/index.ts';
import type { ReplicaLimits } from './limits.ts';

/** What replicas of one revision of a function are. */
export interface Template {
  command: readonly string[];
  env: NodeJS.ProcessEnv;
}

export type ReplicaState = 'starting' | 'ready' | 'leaving';

/** One process of a function, from its start to its end, and the connections to it. */
export class Replica {
  readonly name: string;
  readonly template: Template;
  readonly #limits: ReplicaLimits;
  readonly #givenUp = new AbortController();
  #state: ReplicaState = 'starting';
  #child: Child | undefined;
  #pool: Pool | undefined;
  #inFlight = 0;
  #turn = 0;
  #onIdle: (() => void) | undefined;

  constructor(name: string, template: Template, limits: ReplicaLimits) {
    this.name = name;
    this.template = template;
    this.#limits = limits;
  }

  get state(): ReplicaState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#child?.ended ? undefined : this.#child?.pid;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Connections to a replica that has been ready. */
  get pool(): Pool {
    if (this.#pool === undefined) throw new Error(`${this.name} has not been ready`);
    return this.#pool;
  }

  /**
   * Starts the process, which happens once. Resolves, when it is ready, with a promise of its end.
   *
   * @throws StartError, or the reason of its retirement meanwhile.
   */
  async start(onLine: (line: string) => void, onChild: () => void): Promise<{ ended: Child['exited'] }> {
    const { startTimeoutMs, stopGraceMs, upstreamTimeoutMs } = this.#limits;
    const { url, child } = await startService({
      name: this.name,
      command: this.template.command,
      env: this.template.env,
      startTimeoutMs,
      stopGraceMs,
      signal: this.#givenUp.signal,
      onLine,
      onChild: (process) => {
        this.#child = process;
        onChild();
      },
    });
    this.#pool = new Pool(url, { headersTimeout: upstreamTimeoutMs, bodyTimeout: upstreamTimeoutMs });
    if (this.#state === 'starting') this.#state = 'ready';
    return { ended: child.exited };
  }

  /** Whether a call had better come here: there are fewer already, or as many, and the last came here longer ago. */
  isFreerThan(other: Replica): boolean {
    return this.#inFlight === other.#inFlight ? this.#turn < other.#turn : this.#inFlight < other.#inFlight;
  }

  /** Counts a call that this replica gets; each is given back by `release`. @param turn counts all calls. */
  lease(turn: number): this {
    this.#turn = turn;
    this.#inFlight += 1;
    return this;
  }

  release(): void {
    this.#inFlight -= 1;
    if (this.#inFlight === 0) this.#onIdle?.();
  }

  /** Nothing new goes to this replica from now on: no call, and no wait for its start. */
  leave(): void {
    this.#state = 'leaving';
    this.#givenUp.abort(new Error(`${this.name} is no longer needed`));
  }

  /** Ends it: what it has accepted is finished first. Resolves when no process and no connection is left. */
  async retire(): Promise<void> {
    const { drainTimeoutMs, stopGraceMs } = this.#limits;
    this.leave();
    // The connections of a process that has ended end by themselves, once what it had sent is read.
    const finished = this.#child?.ended || (await this.#idle(drainTimeoutMs));
    await (finished ? this.#pool?.close() : this.#pool?.destroy());
    await this.#child?.stop(stopGraceMs);
  }

  /** Resolves with whether the last call is over; false after the time-out. */
  #idle(timeoutMs: number): Promise<boolean> {
    if (this.#inFlight === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}
