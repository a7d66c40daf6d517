import type { Worker } from 'node:worker_threads';

/** Places in the memory that a thread shares with its parent. */
const [inside, asked] = [0, 1];

/**
 * The native code of a thread. A thread that is terminated within it takes the whole process along as soon as that code
 * returns: its library cannot throw what it wants to any more. So the thread ends by itself then.
 */
export class NativeCode {
  /** For the parent. */
  readonly memory = new SharedArrayBuffer(8);
  readonly #flags = new Int32Array(this.memory);

  /** Runs native code, after which the thread ends when its parent has asked for that. */
  async run<Result>(code: () => Promise<Result>): Promise<Result> {
    Atomics.store(this.#flags, inside, 1);
    this.#endWhenAsked();
    try {
      return await code();
    } finally {
      Atomics.store(this.#flags, inside, 0);
      this.#endWhenAsked();
    }
  }

  #endWhenAsked(): void {
    if (Atomics.load(this.#flags, asked) === 1) {
      process.exit(1);
    }
  }
}

/** Has a thread terminated outside of its native code alone. @param memory of the thread's NativeCode. */
export function spareNativeCode(worker: Worker, memory: SharedArrayBuffer): void {
  const flags = new Int32Array(memory);
  const terminate = worker.terminate.bind(worker);
  worker.terminate = () => {
    Atomics.store(flags, asked, 1);
    return Atomics.load(flags, inside) === 0 ? terminate() : new Promise((ended) => worker.once('exit', ended));
  };
}
