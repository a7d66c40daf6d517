import { resolve } from 'node:path';
import { Listr, type ListrTask } from 'listr2';
import {
  type Profile,
  profiles,
  type Run,
  readPhotos,
  scenarios,
  startRun,
  type Target,
  writeReport,
} from '../bench/index.ts';
import { type LocalPlatform, openfaasTiming, quickTiming, startLocal } from '../infra/local/index.ts';
import { prepareModel } from './model.ts';
import { stopOnSignals } from './stop.ts';

interface RunFlags {
  profile: Profile;
  scenario: string[];
  target?: Target[];
  photos?: string;
  results: string;
  name: string;
  seed: number;
}

/** `faceoff run`: targets, benchmark, report. Whatever happens, local processes end and samples stay. */
export async function run(flags: RunFlags): Promise<void> {
  const photos = await readPhotos(flags.photos);
  const signal = stopOnSignals('Stopping: the samples so far are kept and reported. (Ctrl-C again leaves at once.)');
  const local = new LocalTargets(flags.profile, signal);
  try {
    if (flags.target === undefined) await perform(local.tasks());
    const bench = await startRun({
      name: flags.name,
      results: resolve(flags.results),
      profile: flags.profile,
      settings: profiles[flags.profile],
      seed: flags.seed,
      targets: flags.target ?? local.targets,
      scenarios: scenarios.filter(({ name }) => flags.scenario.includes(name)),
      photos,
      signal,
    });
    await measure(bench);
    await finish(bench);
  } catch (error) {
    // A stop before the first measurement leaves nothing to keep.
    if (!signal.aborted) throw error;
  } finally {
    await local.stop();
  }
}

/** Both architectures on this machine, for as long as a run lasts. */
class LocalTargets {
  readonly #profile: Profile;
  readonly #signal: AbortSignal;
  #env: Record<string, string> = {};
  #platform: LocalPlatform | undefined;

  constructor(profile: Profile, signal: AbortSignal) {
    this.#profile = profile;
    this.#signal = signal;
  }

  get targets(): readonly Target[] {
    return this.#platform?.targets ?? [];
  }

  tasks(): ListrTask[] {
    return [
      {
        title: 'Model',
        task: async (_, task) => {
          const model = await prepareModel((line) => {
            task.output = line;
          }, this.#signal);
          this.#env = model.env;
          task.title = `Model: ${model.description}`;
        },
      },
      {
        title: 'Start the server and the gateway with its function',
        task: async (_, task) => {
          this.#platform = await startLocal({
            env: this.#env,
            function: { min: 1, max: 5, factor: 20, idleSeconds: 0 },
            timing: this.#profile === 'quick' ? quickTiming : openfaasTiming,
            signal: this.#signal,
            onLog: (line) => {
              task.output = line;
            },
          });
        },
      },
    ];
  }

  async stop(): Promise<void> {
    await this.#platform?.stop();
  }
}

/** Runs the steps; an error ends them and is told, but what was measured is still reported. */
async function measure(bench: Run): Promise<void> {
  try {
    await perform(
      bench.steps.map(({ title, run }) => ({
        title,
        task: (_, task) =>
          run((text) => {
            task.output = text;
          }),
      })),
    );
  } catch (error) {
    console.error(`faceoff: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

async function finish(bench: Run): Promise<void> {
  await bench.end();
  const { page, summary, verdict } = await writeReport(bench.folder);
  if (summary.targets.some(({ failed }) => failed)) process.exitCode ||= 1;
  console.log(`\n${verdict.sentence}`);
  for (const caution of verdict.cautions) console.log(`  ! ${caution}`);
  console.log(`\nReport: ${page}`);
}

function perform(tasks: ListrTask[]): Promise<unknown> {
  return new Listr(tasks, {
    registerSignalListeners: false,
    fallbackRenderer: 'simple',
    rendererOptions: { showErrorMessage: false },
    fallbackRendererOptions: { showErrorMessage: false } as never,
  }).run();
}
