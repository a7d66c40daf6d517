import { resolve } from 'node:path';
import {
  type Arrivals,
  type Objective,
  type Prices,
  type Profile,
  profiles,
  readPhotos,
  type Settings,
  scenarios,
  type Target,
  unlessAborted,
} from '../bench/index.ts';
import { type CheckFlags, checksOf, refuseChecks, tellChecks } from './checks.ts';
import { chooseLocal, LocalTargets } from './local-targets.ts';
import { measure, showTasks } from './measure.ts';
import { withOptions } from './settings.ts';
import { stopOnSignals } from './stop.ts';
import { tell } from './tell.ts';

export interface RunFlags extends CheckFlags {
  profile: Profile;
  scenario: string[];
  target?: Target[];
  objective?: Objective;
  photos?: string;
  results: string;
  name: string;
  seed: number;
  prices?: Prices;
  /** The load of the autoscaling scenario; as the settings have it unless given. */
  traffic?: Arrivals;
  /** The profile's, unless a scenario file says otherwise. */
  settings?: Settings;
}

/** `faceoff run`: targets, benchmark, report. Whatever happens, local processes end and samples stay. */
export async function run(flags: RunFlags): Promise<void> {
  const choice = await chooseLocal();
  refuseChecks(flags, flags.target?.map(({ name }) => name) ?? choice.architectures, flags.scenario);
  const photos = await readPhotos(flags.photos);
  const signal = stopOnSignals('Stopping: the samples so far are kept and reported. (Ctrl-C again leaves at once.)');
  const local = new LocalTargets(choice, flags.profile, signal);
  try {
    if (flags.target === undefined && !(await start(local, signal))) return;
    const measured = await measure({
      name: flags.name,
      results: resolve(flags.results),
      profile: flags.profile,
      settings: withOptions(flags.settings ?? profiles[flags.profile], flags),
      seed: flags.seed,
      targets: flags.target ?? local.targets,
      scenarios: scenarios.filter(({ name }) => flags.scenario.includes(name)),
      photos,
      signal,
      prices: flags.prices,
      checks: checksOf(flags),
    });
    tell(measured);
    await tellChecks(flags, measured);
  } finally {
    await local.stop();
  }
}

/** Whether there are targets now; a stop before that leaves nothing to keep. */
async function start(local: LocalTargets, signal: AbortSignal): Promise<boolean> {
  await showTasks(local.tasks()).catch(unlessAborted(signal));
  return !signal.aborted;
}
