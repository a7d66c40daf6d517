import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Choice, prepareProcess } from '../backend/index.ts';
import type { Config } from '../config.ts';
import { WorkerPool } from './worker-pool.ts';

// The worker has this file's ending: .ts from source, .js when compiled. Node cannot read TypeScript in a worker thread,
// even under tsx; of tsx's hooks, those of `require` are the ones that cost a start the least.
const ending = extname(import.meta.url);
const file = fileURLToPath(new URL(`./worker${ending}`, import.meta.url));
const execArgv = ending === '.ts' ? ['--require', createRequire(import.meta.url).resolve('tsx/cjs')] : [];

/**
 * Starts a pool of workers that run a network, of which one has loaded it and run it once.
 * @throws {BackendUnavailable} when the backend does not work on this machine.
 * @throws {ModelError} when the model's files are missing or damaged.
 */
export async function startInference(
  choice: Choice,
  { threads, inferenceSeconds: seconds }: Pick<Config, 'threads' | 'inferenceSeconds'>,
): Promise<WorkerPool> {
  prepareProcess(choice.backend);
  return WorkerPool.start({ file, execArgv, workerData: choice, threads, seconds });
}
