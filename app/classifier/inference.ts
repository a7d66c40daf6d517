import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { BackendUnavailable, type Choice, prepareProcess, reason } from '../backend/index.ts';
import { ModelError } from '../model/index.ts';
import type { Inference, WorkerReport } from './worker.ts';

/** Worker threads with a network each; the event loop stays free while they work. */
export interface InferencePool {
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
 * Starts the workers and waits until every one has loaded its network and run it once.
 * @throws {BackendUnavailable} when the backend does not work on this machine.
 * @throws {ModelError} when the model's files are missing or damaged.
 */
export async function startInference(choice: Choice, threads: number): Promise<InferencePool> {
  prepareProcess(choice.backend);
  const pool = new Piscina<Uint8Array, Inference>({
    filename: workerFile,
    minThreads: threads,
    maxThreads: threads,
    // Waiting by Atomics would stop the loading, which is asynchronous.
    atomics: 'disabled',
    execArgv,
    workerData: choice,
  });
  try {
    hold(pool);
    await allLoaded(pool, threads);
  } catch (error) {
    await pool.destroy();
    throw error;
  }
  // A worker that dies is replaced by the pool; its picture's promise is rejected.
  pool.on('error', (error) => console.error('An inference worker failed:', error));
  return {
    infer: (pixels) => pool.run(pixels, { transferList: [pixels.buffer] }),
    close() {
      hold(pool);
      return pool.destroy();
    },
  };
}

/** The pool lets the process end while no picture is there; what it is doing now is to be waited for. */
function hold(pool: Piscina): void {
  for (const worker of pool.threads) {
    worker.ref();
  }
}

/** Waits for every worker, also when one has failed: a native library must not be stopped while it loads. */
async function allLoaded(pool: Piscina, threads: number): Promise<void> {
  const reports = await new Promise<WorkerReport[]>((resolve) => {
    const reports: WorkerReport[] = [];
    const onReport = (report: WorkerReport) => {
      if (reports.push(report) === threads) {
        pool.off('message', onReport).off('error', onError);
        resolve(reports);
      }
    };
    const onError = (error: Error) => onReport({ loaded: false, kind: 'other', message: reason(error) });
    pool.on('message', onReport).on('error', onError);
  });
  const failure = reports.find((report) => !report.loaded);
  if (failure) {
    throw asError(failure);
  }
}

function asError({ kind, message }: Extract<WorkerReport, { loaded: false }>): Error {
  const kinds = { unavailable: BackendUnavailable, model: ModelError, other: Error };
  return new kinds[kind](message);
}
