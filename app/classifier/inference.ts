import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { type Choice, prepareProcess } from '../backend/index.ts';
import { Loading } from './loading.ts';
import type { Inference } from './worker.ts';

/** Worker threads with a network each; the event loop stays free while they work. */
export interface InferencePool {
  /** Workers that are there, loaded or not. */
  readonly workers: number;
  /** @param pixels RGB bytes, 224 x 224; the memory moves to the worker, so it is empty afterwards. */
  infer(pixels: Uint8Array<ArrayBuffer>): Promise<Inference>;
  close(): Promise<void>;
}

// The worker has this file's ending: .ts from source, .js when compiled. Node cannot read TypeScript in a worker thread,
// even under tsx; of tsx's hooks, those of `require` are the ones that cost a start the least.
const ending = extname(import.meta.url);
const workerFile = fileURLToPath(new URL(`./worker${ending}`, import.meta.url));
const execArgv = ending === '.ts' ? ['--require', createRequire(import.meta.url).resolve('tsx/cjs')] : [];

/**
 * Starts a worker and waits until it has loaded its network and run it once. Pictures that find no worker free start more,
 * which stay: a start waits for one network alone.
 * @param threads workers at most.
 * @throws {BackendUnavailable} when the backend does not work on this machine.
 * @throws {ModelError} when the model's files are missing or damaged.
 */
export async function startInference(choice: Choice, threads: number): Promise<InferencePool> {
  prepareProcess(choice.backend);
  const pool = new Piscina<Uint8Array, Inference>({
    filename: workerFile,
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
    // Waiting by Atomics would stop the loading, which is asynchronous.
    atomics: 'disabled',
    execArgv,
    workerData: choice,
  });
  const loading = new Loading(pool);
  try {
    await loading.first();
  } catch (error) {
    await pool.destroy();
    throw error;
  }
  loading.complain(console.error);
  // A worker that dies is replaced by the pool; its picture's promise is rejected.
  pool.on('error', (error) => console.error('An inference worker failed:', error));
  return {
    get workers() {
      return pool.threads.length;
    },
    infer: (pixels) => pool.run(pixels, { transferList: [pixels.buffer] }),
    async close() {
      await loading.over();
      await pool.destroy();
    },
  };
}
