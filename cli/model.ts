import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const preparedSchema = z.object({
  weights: z.enum(['real', 'synthetic']),
  modelDir: z.string().nullable(),
  backend: z.string(),
  model: z.string(),
});

/** The model that every replica will load. */
export interface PreparedModel {
  /** For the person who reads along. */
  description: string;
  /** Environment that makes a replica load it without asking the network again. */
  env: Record<string, string>;
}

/**
 * Gets the model once, before anything is started: what MODEL_DIR names, or the cached or downloaded one, or synthetic
 * weights. No cold start then waits for a download.
 *
 * @throws Error with what the service's own program says when the model cannot be had.
 */
export async function prepareModel(progress: (line: string) => void, signal: AbortSignal): Promise<PreparedModel> {
  const modelDir = process.env['MODEL_DIR'];
  const program = fileURLToPath(new URL('../app/prepare.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, ...(modelDir === undefined ? {} : { MODEL_DIR: resolve(modelDir) }) },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const said: string[] = [];
  createInterface(child.stderr).on('line', (line) => {
    said.push(line);
    progress(line);
  });
  let answer = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  const code = await new Promise<number | null>((ended, failed) => child.on('error', failed).on('close', ended));
  if (code !== 0) throw new Error(said.at(-1) ?? `the model could not be prepared (exit code ${code})`);
  const prepared = preparedSchema.parse(JSON.parse(answer));
  return {
    description: `${prepared.model} on ${prepared.backend}, ${prepared.weights} weights`,
    env: { OFFLINE: '1', ...(prepared.modelDir === null ? {} : { MODEL_DIR: prepared.modelDir }) },
  };
}
