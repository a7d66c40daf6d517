import type { Piscina } from 'piscina';
import { BackendUnavailable, reason } from '../backend/index.ts';
import { ModelError } from '../model/index.ts';
import { spareNativeCode } from './native-code.ts';
import type { WorkerReport } from './worker.ts';

/** What the workers of a pool tell of their networks. */
export class Loading {
  readonly #pool: Piscina;
  readonly #reported = new Set<number>();
  readonly #loaded = new Set<number>();
  /** Ends of the threads that have loaded and are still there, in the pool or not. */
  readonly #ends = new Set<Promise<unknown>>();
  readonly #first: Promise<WorkerReport>;

  /** @param onChange told how many workers have loaded their network, whenever that changes. */
  constructor(pool: Piscina, onChange: (loaded: number) => void) {
    this.#pool = pool;
    this.#hold();
    this.#first = new Promise((resolve) => {
      pool.on('message', (report: WorkerReport) => {
        this.#reported.add(report.thread);
        if (report.loaded) {
          this.#follow(report);
          this.#loaded.add(report.thread);
          onChange(this.#loaded.size);
        }
        resolve(report);
      });
      pool.on('workerDestroy', () => {
        const alive = new Set(pool.threads.map(({ threadId }) => threadId));
        for (const thread of this.#loaded) {
          if (!alive.has(thread)) {
            this.#loaded.delete(thread);
          }
        }
        onChange(this.#loaded.size);
      });
      const fail = (message: string) => resolve({ thread: 0, loaded: false, kind: 'other', message });
      pool.on('error', (error) => fail(reason(error)));
      // After the error, where there is one.
      pool.on('workerDestroy', () => setImmediate(fail, 'An inference worker ended before it had loaded its network.'));
    });
  }

  /** Waits until one worker has loaded its network. @throws what kept it from that. */
  async first(): Promise<void> {
    const report = await this.#first;
    if (!report.loaded) {
      throw asError(report);
    }
  }

  /** Whether a worker has its network, by its thread id. */
  isLoaded(thread: number): boolean {
    return this.#loaded.has(thread);
  }

  /** Tells of every worker from now on whose network does not load. */
  complain(log: (line: string) => void): void {
    this.#pool.on('message', (report: WorkerReport) => {
      if (!report.loaded) {
        log(`An inference worker could not load its network: ${report.message}`);
      }
    });
  }

  /** Waits until no worker is loading: a native library must not be stopped while it does. */
  async over(): Promise<void> {
    this.#hold();
    while (this.#pool.threads.some(({ threadId }) => !this.#reported.has(threadId))) {
      await new Promise<void>((resolve) => {
        for (const event of ['message', 'error', 'workerDestroy']) {
          this.#pool.once(event, () => resolve());
        }
      });
    }
  }

  /** Waits until every thread that has loaded its network has ended: the pool forgets those that it is rid of before. */
  async ended(): Promise<void> {
    await Promise.all(this.#ends);
  }

  #follow({ thread, nativeCode }: Extract<WorkerReport, { loaded: true }>): void {
    const worker = this.#pool.threads.find(({ threadId }) => threadId === thread);
    if (worker === undefined) {
      return;
    }
    if (nativeCode !== undefined) {
      spareNativeCode(worker, nativeCode);
    }
    const end = new Promise((ended) => worker.once('exit', ended)).finally(() => this.#ends.delete(end));
    this.#ends.add(end);
  }

  /** The pool lets the process end while no picture is there; what it is doing now is to be waited for. */
  #hold(): void {
    for (const worker of this.#pool.threads) {
      worker.ref();
    }
  }
}

function asError({ kind, message }: Extract<WorkerReport, { loaded: false }>): Error {
  const kinds = { unavailable: BackendUnavailable, model: ModelError, other: Error };
  return new kinds[kind](message);
}
