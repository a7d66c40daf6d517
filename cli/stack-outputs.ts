import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { z } from 'zod';
import { settingsSchema, targetsSchema } from './cluster-run.ts';

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const outputsSchema = targetsSchema.extend({ benchmark: settingsSchema });

/** What a stack tells of the targets that it has made, and how to measure them. */
export type StackOutputs = z.infer<typeof outputsSchema>;

/**
 * Asks Pulumi for the outputs of a stack of this project.
 *
 * @throws Error that says what is missing: the command, the stack, or what `pulumi up` would have made.
 */
export async function readStackOutputs(stack: string, signal: AbortSignal): Promise<StackOutputs> {
  const shown = await askPulumi(stack, signal);
  // A kubeconfig given by its content is a secret, which Pulumi shows when asked for, and only then needs its passphrase.
  const printed = shown.includes('"[secret]"') ? await askPulumi(stack, signal, '--show-secrets') : shown;
  const outputs = outputsSchema.safeParse(parse(printed));
  if (outputs.success) return outputs.data;
  const missing = [...new Set(outputs.error.issues.map(({ path }) => path.join('.')))].join(', ');
  throw new Error(`stack ${stack} does not tell its ${missing}: run \`pulumi up --stack ${stack}\` first`);
}

function parse(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch (cause) {
    throw new Error('pulumi stack output printed something else than JSON', { cause });
  }
}

async function askPulumi(stack: string, signal: AbortSignal, ...more: string[]): Promise<string> {
  const args = ['stack', 'output', '--json', '--non-interactive', '--stack', stack, ...more];
  try {
    const { stdout } = await promisify(execFile)('pulumi', args, { cwd: root, signal, maxBuffer: 64 << 20 });
    return stdout;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ENOENT') {
      throw new Error('there is no pulumi command: install it (https://www.pulumi.com/docs/install/)');
    }
    const told = 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(told.replace(/^error: /, '') || error.message, { cause: error });
  }
}
