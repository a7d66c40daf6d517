import type { Piscina } from 'piscina';
import { reason } from '../backend/index.ts';
import { WorkerLost } from './worker-lost.ts';

type LoadBalancer = NonNullable<NonNullable<ConstructorParameters<typeof Piscina>[0]>['loadBalancer']>;

/** A worker as the pool shows it to who chooses one. */
export type PoolWorker = Parameters<LoadBalancer>[1][number];

/** A picture waits for so long at most for a worker that loads its network, in seconds. */
const loadSeconds = 120;

/** One picture's way through the pool: it waits, and then a worker has it, for so many seconds at most. */
export class Passage {
  readonly #seconds: number;
  readonly #givenUp = new AbortController();
  #worker: PoolWorker | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(seconds: number) {
    this.#seconds = seconds;
    this.#limit(loadSeconds, 'no worker was ready for it');
  }

  /** Aborted when the picture is given up; the pool then ends the worker that has it. */
  get signal(): AbortSignal {
    return this.#givenUp.signal;
  }

  get waits(): boolean {
    return this.#worker === undefined;
  }

  /** A worker gets the picture now. */
  begin(worker: PoolWorker): void {
    this.#worker = worker;
    this.#limit(this.#seconds, 'it took too long for one picture');
  }

  giveUp(why: string): void {
    this.#givenUp.abort(new WorkerLost(why));
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #limit(seconds: number, why: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.giveUp(`${why} in ${seconds} s`), seconds * 1000);
  }

  /** What kept the picture from its answer: a worker that is lost, or what that worker said of the picture. */
  failure(error: unknown): unknown {
    if (this.signal.aborted) {
      return this.signal.reason;
    }
    return this.#worker?.destroyed ? new WorkerLost(reason(error), { cause: error }) : error;
  }
}
