import {
  type Deployment,
  type Profile,
  type RunOptions,
  ServedRun,
  type Source,
  scenarios,
  startRun,
} from '../bench/index.ts';
import { kubernetesTargets, type TargetDescription } from '../infra/kubernetes/target/index.ts';

/** What the program in the cluster is told to do, as JSON. */
export interface JobOrder {
  targets: readonly TargetDescription[];
  profile: Profile;
  /** None means all. */
  scenarios: readonly string[];
  seed: number;
  name: string;
  settings: RunOptions['settings'];
  photos: readonly { name: string; contentType: string; base64: string }[];
  deployment: Deployment;
  source: Source;
  /** The folder that the run folder is made in. */
  results: string;
  /** Where the run is served, on 127.0.0.1. */
  port: number;
}

/** Milliseconds without a question after which the host is taken for gone. */
const patienceMs = 60_000;

/** Runs a benchmark in a pod, and serves it while it goes on. Resolves when the host has all of it, or is gone. */
export async function runJob(order: JobOrder): Promise<void> {
  const served = await ServedRun.start({ port: order.port, patienceMs });
  const error = await measureHere(order, served).then(
    () => undefined,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
  await served.end(error);
}

async function measureHere(order: JobOrder, served: ServedRun): Promise<void> {
  const { signal } = served;
  const { targets, close } = await kubernetesTargets(order.targets, { signal });
  try {
    const run = await startRun({
      ...order,
      targets,
      scenarios: scenarios.filter(({ name }) => order.scenarios.length === 0 || order.scenarios.includes(name)),
      photos: order.photos.map(({ base64, ...photo }) => ({ ...photo, bytes: Buffer.from(base64, 'base64') })),
      signal,
    });
    served.folder = run.folder;
    try {
      for (const { title, run: measure } of run.steps) {
        served.progress(title);
        await measure((text) => served.progress(`  ${text}`));
      }
    } finally {
      await run.end();
    }
  } finally {
    await close();
  }
}
