import { createHash } from 'node:crypto';
import { ClientWatch } from './client/index.ts';
import { now, type Photo } from './load/index.ts';
import { type Deployment, describeHost, type Manifest, RunFolder, type Settings, type Source } from './record/index.ts';
import { type Context, firstAnswers, measureIdle, type Scenario } from './scenario/index.ts';
import { seeded } from './stats/index.ts';
import { shownUrl, type Target } from './target/index.ts';

/** What a run is asked to do. */
export interface RunOptions {
  name: string;
  /** Folder that gets the run's own folder. */
  results: string;
  profile: string;
  settings: Settings;
  seed: number;
  targets: readonly Target[];
  scenarios: readonly Scenario[];
  photos: readonly Photo[];
  signal: AbortSignal;
  /** What a cluster runs the targets on. */
  deployment?: Deployment;
  /** Where this program is from; it finds that out itself unless it is bundled. */
  source?: Source;
}

/** One part of a run, for a caller that shows progress. */
export interface Step {
  title: string;
  run(progress: (text: string) => void): Promise<void>;
}

/** A run about to go: its steps in order, and its end, which is due whatever became of the steps. */
export interface Run {
  folder: string;
  steps: Step[];
  /**
   * Closes the folder; the status is `complete` only when every step ran to its end.
   *
   * @throws Error when the manifest cannot be written.
   */
  end(): Promise<Manifest['status']>;
}

/** Makes the run's folder. Nothing is sent until the steps are run. */
export async function startRun(options: RunOptions): Promise<Run> {
  const manifest = await describe(options);
  const broken = new AbortController();
  const signal = AbortSignal.any([options.signal, broken.signal]);
  const folder = await RunFolder.create(options.results, manifest, (error) => broken.abort(error));
  let targets = options.targets;
  let reconnect: ReadonlySet<string> = new Set();
  let done = 0;

  const capacities = new Map<string, number>();
  const context = (progress: (text: string) => void): Context => ({
    targets,
    reconnect,
    photos: options.photos,
    settings: options.settings,
    capacities,
    random: seeded(options.seed + done),
    signal,
    sample: (sample) => folder.sample(sample),
    event: (event) => folder.event(event),
    progress,
    withoutLoad: (wait) => wait(),
  });
  const step = (title: string, run: (context: Context) => Promise<void>): Step => ({
    title,
    run: async (progress) => {
      if (options.signal.aborted) return;
      await run(context(progress)).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      broken.signal.throwIfAborted();
      if (options.signal.aborted) return;
      done += 1;
    },
  });

  const steps = [
    step('First answers: does each target classify?', async (context) => {
      const reached = await firstAnswers(context);
      targets = reached.map(({ target }) => target);
      reconnect = new Set(reached.flatMap(({ target, reconnect }) => (reconnect ? [target.name] : [])));
      for (const target of reconnect) {
        const text = `${target} closes the connection after each answer, so each request opens one of its own.`;
        folder.event({ kind: 'note', time: now(), scenario: 'run', target, text });
      }
      if (targets.length === 0)
        throw new Error('no target answered a photo with success, so there is nothing to measure');
    }),
    step('Idle: what does each target hold and use?', measureIdle),
    step('No autoscaling, and one replica of whatever can be scaled', async (context) => {
      for (const target of targets) {
        context.progress(target.name);
        await target.autoscale?.(false);
        await target.scale?.(1);
      }
    }),
    ...options.scenarios.map(({ name, title, run }) =>
      step(title, async (context) => {
        const watch = new ClientWatch();
        await run({ ...context, withoutLoad: (wait) => watch.lookAway(wait) });
        context.event(watch.describe(name));
      }),
    ),
  ];
  return {
    folder: folder.path,
    steps,
    end: async () => {
      const status = options.signal.aborted ? 'stopped' : done === steps.length ? 'complete' : 'failed';
      // What broke the folder has ended the steps with its own error.
      await folder.close().catch(() => undefined);
      await folder.write({ ...manifest, status, ended: new Date().toISOString() });
      return status;
    },
  };
}

async function describe(options: RunOptions): Promise<Manifest> {
  return {
    format: 1,
    name: options.name,
    status: 'running',
    started: new Date().toISOString(),
    profile: options.profile,
    scenarios: options.scenarios.map(({ name }) => name),
    settings: options.settings,
    seed: options.seed,
    targets: options.targets.map(({ name, architecture, platform, url }) => ({
      name,
      architecture,
      platform,
      url: shownUrl(url),
    })),
    photos: options.photos.map(({ name, bytes }) => ({
      name,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
    host: await describeHost(options.source),
    ...(options.deployment === undefined ? {} : { deployment: options.deployment }),
  };
}
