import pLimit from 'p-limit';
import type { BackendName } from '../backend/index.ts';
import { decode } from './decode.ts';
import type { InferencePool } from './inference.ts';
import { type Prediction, topK } from './top-k.ts';

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

/** Turns pictures into ImageNet classes. */
export class Classifier {
  readonly info: ModelInfo;
  readonly #pool: InferencePool;
  readonly #maxPixels: number;
  readonly #limit: ReturnType<typeof pLimit>;

  /** @param threads inference workers in the pool; one more picture for each is decoded meanwhile. */
  constructor(pool: InferencePool, info: ModelInfo, { threads, maxPixels }: { threads: number; maxPixels: number }) {
    this.info = info;
    this.#pool = pool;
    this.#maxPixels = maxPixels;
    this.#limit = pLimit(2 * threads);
  }

  /** Pictures that wait. */
  get waiting(): number {
    return this.#limit.pendingCount;
  }

  /**
   * Classifies a picture file.
   * @param k how many classes to name.
   * @param signal takes the picture out of the queue; one that is being worked on is finished.
   * @throws {PictureError} when the bytes are no picture that can be decoded.
   */
  classify(picture: Uint8Array, k: number, signal?: AbortSignal): Promise<Classification> {
    const accepted = performance.now();
    return this.#limit(async () => {
      signal?.throwIfAborted();
      const started = performance.now();
      const pixels = await decode(picture, this.#maxPixels);
      const decoded = performance.now();
      const { logits, milliseconds } = await this.#pool.infer(pixels);
      return {
        top: topK(logits, k),
        milliseconds: { queue: started - accepted, decode: decoded - started, inference: milliseconds },
      };
    });
  }

  /** Stops the workers. Call it when no picture is being worked on. */
  close(): Promise<void> {
    return this.#pool.close();
  }
}
