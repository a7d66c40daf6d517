import { resolve } from 'node:path';
import {
  type Arrivals,
  type Objective,
  type Prices,
  type Profile,
  type Settings,
  type Target,
  unlessAborted,
} from '../bench/index.ts';
import { type CheckFlags, checksOf, refuseChecks, tellChecks } from './checks.ts';
import { type ClusterRun, withObjective } from './cluster-run.ts';
import type { Measured } from './measure.ts';
import { measureCluster } from './measure-cluster.ts';
import { measureInJob } from './measure-in-job.ts';
import { readStackOutputs, root, type StackOutputs } from './stack-outputs.ts';
import { stopOnSignals } from './stop.ts';
import { tell } from './tell.ts';
import { UsageError } from './usage-error.ts';

/** What is not given is as the stack's configuration says, or the scenario file. */
interface RunChoices {
  stack: string;
  profile?: Profile;
  scenario?: string[];
  objective?: Objective;
  traffic?: Arrivals;
  photos?: string;
  results?: string;
  name?: string;
  seed?: number;
  prices?: Prices;
  /** Of a scenario file; with it, nothing of the stack's load and objective counts. */
  settings?: Settings;
}

/** Targets are what a scenario file may name, and a stack has. */
type BenchFlags = RunChoices & CheckFlags & { target?: Target[] };

/** `faceoff bench --stack NAME`: the benchmark of `pulumi up`, later and without an update. */
export async function bench({ failIf, junit, target, ...flags }: BenchFlags): Promise<void> {
  if (target !== undefined) throw new UsageError('remove targets from the scenario file: a stack has its own');
  const checks: CheckFlags = { failIf, ...(junit !== undefined && { junit }) };
  const signal = stopOnSignals('Stopping: the samples so far are kept and reported. (Ctrl-C again leaves at once.)');
  const measured = await measureStack(flags, checks, signal).catch(unlessAborted(signal));
  if (measured === undefined) return;
  tell(measured);
  await tellChecks(checks, measured);
}

async function measureStack(flags: RunChoices, checks: CheckFlags, signal: AbortSignal): Promise<Measured> {
  const outputs = await readStackOutputs(flags.stack, signal);
  const run = { ...runOf(outputs, flags), checks: checksOf(checks) };
  refuseChecks(
    checks,
    run.targets.map(({ name }) => name),
    run.scenarios,
  );
  return run.job === undefined
    ? measureCluster(run, signal)
    : measureInJob(run, run.job, { signal, progress: (line) => console.log(line) });
}

function runOf({ targets, cluster, benchmark }: StackOutputs, flags: RunChoices): ClusterRun {
  const { stack, scenario, ...given } = flags;
  const { photos, results, objective, ...settings } = withObjective(benchmark);
  return {
    targets,
    cluster,
    // A full name has the organisation and the project before it.
    name: stack.split('/').at(-1) ?? stack,
    ...settings,
    ...(objective && given.settings === undefined && { objective }),
    // The configuration's paths begin where `pulumi up` runs.
    ...(photos !== undefined && { photos: resolve(root, photos) }),
    results: resolve(root, results),
    ...(scenario !== undefined && { scenarios: scenario }),
    ...given,
  };
}
