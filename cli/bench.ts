import { resolve } from 'node:path';
import { type Objective, type Prices, type Profile, unlessAborted } from '../bench/index.ts';
import type { ClusterRun } from './cluster-run.ts';
import type { Measured } from './measure.ts';
import { measureCluster } from './measure-cluster.ts';
import { measureInJob } from './measure-in-job.ts';
import { readStackOutputs, root, type StackOutputs } from './stack-outputs.ts';
import { stopOnSignals } from './stop.ts';
import { tell } from './tell.ts';

/** What is not given is as the stack's configuration says. */
interface BenchFlags {
  stack: string;
  profile?: Profile;
  scenario?: string[];
  objective?: Objective;
  photos?: string;
  results?: string;
  name?: string;
  seed?: number;
  prices?: Prices;
}

/** `faceoff bench --stack NAME`: the benchmark of `pulumi up`, later and without an update. */
export async function bench(flags: BenchFlags): Promise<void> {
  const signal = stopOnSignals('Stopping: the samples so far are kept and reported. (Ctrl-C again leaves at once.)');
  const measured = await measureStack(flags, signal).catch(unlessAborted(signal));
  if (measured !== undefined) tell(measured);
}

async function measureStack(flags: BenchFlags, signal: AbortSignal): Promise<Measured> {
  const outputs = await readStackOutputs(flags.stack, signal);
  const run = runOf(outputs, flags);
  return run.job === undefined
    ? measureCluster(run, signal)
    : measureInJob(run, run.job, { signal, progress: (line) => console.log(line) });
}

function runOf({ targets, cluster, benchmark }: StackOutputs, flags: BenchFlags): ClusterRun {
  const { stack, scenario, ...given } = flags;
  const { photos, results, ...settings } = benchmark;
  return {
    targets,
    cluster,
    // A full name has the organisation and the project before it.
    name: stack.split('/').at(-1) ?? stack,
    ...settings,
    // The configuration's paths begin where `pulumi up` runs.
    ...(photos !== undefined && { photos: resolve(root, photos) }),
    results: resolve(root, results),
    ...(scenario !== undefined && { scenarios: scenario }),
    ...given,
  };
}
