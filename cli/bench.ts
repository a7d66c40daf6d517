import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Profile } from '../bench/index.ts';
import { targetDescriptionSchema } from '../infra/kubernetes/plain.ts';
import { measureKubernetes } from './kubernetes-run.ts';
import { tell } from './run.ts';
import { stopOnSignals } from './stop.ts';

interface BenchFlags {
  stack: string;
  profile: Profile;
  scenario: string[];
  photos?: string;
  results: string;
  name?: string;
  seed: number;
}

const outputs = z.object({
  targets: z.array(targetDescriptionSchema).min(1),
  cluster: z.object({ kubeconfig: z.string().optional(), context: z.string().optional() }),
  autoscaling: z.object({ rate: z.number(), seconds: z.number(), quietSeconds: z.number() }),
});

/** `faceoff bench --stack`: measures what `pulumi up` has made, without an update. */
export async function bench({ stack, scenario, ...flags }: BenchFlags): Promise<void> {
  const { targets, cluster, autoscaling } = await readOutputs(stack);
  const signal = stopOnSignals('Stopping: the samples so far are kept and reported. (Ctrl-C again leaves at once.)');
  const run = { name: stack, ...flags, targets, cluster, autoscaling, scenarios: scenario, signal };
  tell(await measureKubernetes(run));
}

async function readOutputs(stack: string): Promise<z.infer<typeof outputs>> {
  const { success, data } = outputs.safeParse(JSON.parse(await askPulumi(stack)));
  if (success) return data;
  throw new Error(`stack ${stack} has no targets to measure: make them by pulumi up --stack ${stack}`);
}

async function askPulumi(stack: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('pulumi', ['stack', 'output', '--json', '--stack', stack]);
    return stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error('pulumi is not on the PATH: install it, and make the targets by pulumi up', { cause: error });
    }
    const told = (error as { stderr?: string }).stderr?.trim();
    throw new Error(`pulumi does not give the outputs of stack ${stack}: ${told || String(error)}`, { cause: error });
  }
}
