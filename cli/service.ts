import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const app = fileURLToPath(new URL('../app', import.meta.url));

const preparedSchema = z.object({
  weights: z.enum(['real', 'synthetic']),
  modelDir: z.string().nullable(),
  backend: z.string(),
  model: z.string(),
});

/** The classifier service, built, with the model that every replica will load. */
export interface PreparedService {
  /** The model, for the person who reads along. */
  description: string;
  /** Starts one replica. */
  command: string[];
  /** Environment that makes a replica load the model without asking the network again. */
  env: Record<string, string>;
}

/**
 * Compiles the service as its image does, so that a cold start spends no time on compiling, and gets the model once:
 * what MODEL_DIR names, or the cached or downloaded one, or synthetic weights.
 *
 * @throws Error with what the failed program said last.
 */
export async function prepareService(progress: (line: string) => void, signal: AbortSignal): Promise<PreparedService> {
  const modelDir = process.env['MODEL_DIR'];
  const env = { ...process.env, ...(modelDir === undefined ? {} : { MODEL_DIR: resolve(modelDir) }) };
  progress('compiling the service');
  await runProgram('npm', ['run', '--silent', 'build', '--workspace', 'app'], env, progress, signal);
  const answer = await runProgram(process.execPath, [`${app}/dist/prepare.js`], env, progress, signal);
  const prepared = preparedSchema.parse(JSON.parse(answer));
  return {
    description: `${prepared.model} on ${prepared.backend}, ${prepared.weights} weights`,
    command: [process.execPath, `${app}/dist/main.js`],
    env: { OFFLINE: '1', ...(prepared.modelDir === null ? {} : { MODEL_DIR: prepared.modelDir }) },
  };
}

/** Runs a program to its end and returns what it printed; its lines of standard error are progress. */
async function runProgram(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const child = spawn(program, args, { cwd: root, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let last = '';
  createInterface(child.stderr).on('line', (line) => {
    last = line;
    progress(line);
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((ended, failed) => child.on('error', failed).on('close', ended));
  if (code !== 0) throw new Error(last || output.trim() || `${program} ${args.join(' ')} ended with exit code ${code}`);
  return output;
}
