import pLimit from 'p-limit';
import { Piscina, queueOptionsSymbol } from 'piscina';
import { Loading } from './loading.ts';
import { Passage } from './passage.ts';
import type { Inference, Task } from './worker.ts';
import { WorkerLost } from './worker-lost.ts';

export interface WorkerPoolOptions {
  /** The worker's code. */
  file: string;
  execArgv: string[];
  /** What each worker is told. */
  workerData: unknown;
  /** Workers at most. */
  threads: number;
  /** A worker that takes longer for one picture hangs, and is replaced. */
  seconds: number;
}

/** Worker threads with a network each; the event loop stays free while they work. */
export class WorkerPool {
  readonly #pool: Piscina<Task, Inference>;
  readonly #loading: Loading;
  readonly #seconds: number;
  readonly #threads: number;
  /** Pictures get to the pool in turn: left to itself it would take the newest of those that wait. */
  readonly #turns = pLimit(1);
  readonly #passages = new Set<Passage>();

  private constructor({ file, execArgv, workerData, threads, seconds }: WorkerPoolOptions) {
    this.#seconds = seconds;
    this.#threads = threads;
    this.#pool = new Piscina({
      filename: file,
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      // Waiting by Atomics would stop the loading, which is asynchronous.
      atomics: 'disabled',
      execArgv,
      workerData,
      // Left to itself the pool gives pictures to workers that are still loading, while others are free.
      loadBalancer: ({ [queueOptionsSymbol]: passage }, workers) => {
        const free = workers.find(({ id, currentUsage }) => currentUsage === 0 && this.#loading.isLoaded(id)) ?? null;
        if (free !== null && passage instanceof Passage) {
          passage.begin(free);
        }
        return free;
      },
    });
    this.#loading = new Loading(this.#pool, (loaded) => {
      // One more than there are workers for: it has the pool start another, and is the next.
      this.#turns.concurrency = Math.min(this.#threads, loaded + 1);
    });
  }

  /**
   * Starts a worker and waits until it has loaded its network. Pictures that find no worker free start more, which stay: a
   * start waits for one network alone.
   * @throws what kept the first worker from loading.
   */
  static async start(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    try {
      await pool.#loading.first();
    } catch (error) {
      await pool.#pool.destroy();
      throw error;
    }
    pool.#watch();
    return pool;
  }

  /** Workers that are there, loaded or not. */
  get workers(): number {
    return this.#pool.threads.length;
  }

  /**
   * Runs one picture. A worker that is lost with it is replaced.
   * @param pixels RGB bytes, 224 x 224; the memory moves to the worker, so it is empty afterwards.
   * @throws {WorkerLost} when the worker died or hung, or none can load its network.
   */
  infer(pixels: Uint8Array<ArrayBuffer>): Promise<Inference> {
    return this.#turns(() => this.#infer(pixels));
  }

  async #infer(pixels: Uint8Array<ArrayBuffer>): Promise<Inference> {
    const passage = new Passage(this.#seconds);
    this.#passages.add(passage);
    try {
      const task = { pixels, [queueOptionsSymbol]: passage };
      return await this.#pool.run(task, { transferList: [pixels.buffer], signal: passage.signal });
    } catch (error) {
      const failure = passage.failure(error);
      if (failure instanceof WorkerLost) {
        console.error(`An inference worker was lost with a picture: ${failure.message}`);
      }
      throw failure;
    } finally {
      passage.end();
      this.#passages.delete(passage);
    }
  }

  async close(): Promise<void> {
    await this.#loading.over();
    // A thread that ends later than the pool, out of native code, would be replaced.
    this.#pool.options.minThreads = 0;
    await this.#pool.destroy();
    await this.#loading.ended();
  }

  #watch(): void {
    this.#loading.complain(console.error);
    this.#pool.on('error', (error) => console.error('An inference worker failed:', error));
    // The pool replaces a worker first, and only then is it known whether one is left to wait for.
    this.#pool.on('workerDestroy', () => queueMicrotask(() => this.#refuseWhenAlone()));
  }

  /** Pictures that no worker will ever take need not wait: the next one that comes starts a worker again. */
  #refuseWhenAlone(): void {
    if (this.workers > 0) {
      return;
    }
    for (const passage of this.#passages) {
      if (passage.waits) {
        passage.giveUp('no worker could load its network');
      }
    }
  }
}
