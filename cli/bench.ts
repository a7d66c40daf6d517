import { type Profile, unlessAborted } from '../bench/index.ts';
import { measureCluster } from './measure-cluster.ts';
import { readStackOutputs } from './stack-outputs.ts';
import { stopOnSignals } from './stop.ts';
import { tell } from './tell.ts';

interface BenchFlags {
  stack: string;
  profile: Profile;
  scenario: string[];
  photos?: string;
  results: string;
  name?: string;
  seed: number;
}

/** `faceoff bench --stack NAME`: the benchmark of `pulumi up`, later and without an update. */
export async function bench(flags: BenchFlags): Promise<void> {
  const signal = stopOnSignals('Stopping: the samples so far are kept and reported. (Ctrl-C again leaves at once.)');
  const measured = await measureStack(flags, signal).catch(unlessAborted(signal));
  if (measured !== undefined) tell(measured);
}

async function measureStack({ stack, scenario, ...flags }: BenchFlags, signal: AbortSignal) {
  const outputs = await readStackOutputs(stack, signal);
  // A full name has the organisation and the project before it.
  const name = stack.split('/').at(-1) ?? stack;
  return measureCluster({ name, ...outputs, ...flags, scenarios: scenario }, signal);
}
