import pLimit from 'p-limit';
import type { BackendName } from '../backend/index.ts';
import type { Config } from '../config.ts';
import { decode } from './decode.ts';
import { MemoryBudget } from './memory-budget.ts';
import { QueueFull } from './queue-full.ts';
import { type Prediction, topK } from './top-k.ts';
import type { WorkerPool } from './worker-pool.ts';

/** What classifies: named in every answer. */
export interface ModelInfo {
  model: string;
  backend: BackendName;
  weights: 'real' | 'synthetic';
}

export interface Classification {
  top: Prediction[];
  /** `queue` is the wait for a place among those worked on. */
  milliseconds: { queue: number; decode: number; inference: number };
}

/** `threads` inference workers take two pictures each; `queueLimit` more may wait. */
export type Limits = Pick<Config, 'threads' | 'queueLimit' | 'maxPixels' | 'maxUnpackedBytes'>;

/** Turns pictures into ImageNet classes. */
export class Classifier {
  readonly info: ModelInfo;
  readonly #pool: WorkerPool;
  readonly #maxPixels: number;
  readonly #memory: MemoryBudget;
  readonly #queueLimit: number;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #unfinished = new Set<Promise<unknown>>();

  constructor(pool: WorkerPool, info: ModelInfo, { threads, queueLimit, maxPixels, maxUnpackedBytes }: Limits) {
    this.info = info;
    this.#pool = pool;
    this.#maxPixels = maxPixels;
    this.#memory = new MemoryBudget(maxUnpackedBytes);
    this.#queueLimit = queueLimit;
    // While a worker runs one picture, another is decoded for it.
    this.#limit = pLimit(2 * threads);
  }

  /** Pictures that wait. */
  get waiting(): number {
    return this.#limit.pendingCount;
  }

  /** Whether a picture that came now would be refused. */
  get full(): boolean {
    return this.#limit.activeCount >= this.#limit.concurrency && this.waiting >= this.#queueLimit;
  }

  /** @throws {QueueFull} when a picture that came now would be refused. */
  refuseWhenFull(): void {
    if (this.full) {
      throw new QueueFull();
    }
  }

  /**
   * Classifies a picture file.
   * @param k how many classes to name.
   * @param signal takes the picture out of the queue; one that is being worked on is finished.
   * @throws {QueueFull} at once, when as many pictures wait as may wait.
   * @throws {PictureError} when the bytes are no picture that can be decoded.
   */
  async classify(picture: Uint8Array, k: number, signal?: AbortSignal): Promise<Classification> {
    this.refuseWhenFull();
    const accepted = performance.now();
    const classification = this.#limit(async () => {
      signal?.throwIfAborted();
      const started = performance.now();
      const pixels = await decode(picture, this.#maxPixels, this.#memory);
      const decoded = performance.now();
      const { logits, milliseconds } = await this.#pool.infer(pixels);
      return {
        top: topK(logits, k),
        milliseconds: { queue: started - accepted, decode: decoded - started, inference: milliseconds },
      };
    });
    this.#unfinished.add(classification);
    return classification.finally(() => this.#unfinished.delete(classification));
  }

  /** Finishes what was accepted, waited for or not, and stops the workers. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#unfinished);
    await this.#pool.close();
  }
}
