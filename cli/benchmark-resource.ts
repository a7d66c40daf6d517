import { relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Step, succeeded } from '../bench/index.ts';
import type { Context, Handlers } from '../infra/kubernetes/provider/index.ts';
import { benchmarkSummary } from './benchmark-figures.ts';
import { clusterRunSchema, withObjective } from './cluster-run.ts';
import type { Measured } from './measure.ts';
import { measureCluster } from './measure-cluster.ts';
import { measureInJob } from './measure-in-job.ts';
import { photosDigest } from './photos-digest.ts';

const inputsSchema = clusterRunSchema.extend({
  image: z.object({ name: z.string(), digest: z.string() }),
  token: z.string(),
});

type Inputs = z.infer<typeof inputsSchema>;

/** The benchmark as Pulumi sees it. What it has left in folders stays when it is deleted. */
export const benchmarkResource: Handlers<Inputs> = {
  inputs: inputsSchema,
  create: async (inputs, context) => {
    const outs = await benchmark(inputs, context);
    return { id: outs.folder, outs };
  },
  update: (_id, _state, inputs, context) => benchmark(inputs, context),
  diff: async (_id, state, inputs) => ({
    changes:
      !isDeepStrictEqual(measured(state), measured(inputs)) ||
      state['photosDigest'] !== (await photosDigest(inputs.photos)),
  }),
};

/** The inputs that another run would measure by; the rest says where it is found and kept. */
function measured({ targets, profile, scenarios, objective, seed, autoscaling, image, token, job }: Inputs): unknown {
  return {
    targets,
    profile,
    scenarios,
    objective,
    seed,
    autoscaling,
    image: image.digest,
    token,
    inside: job !== undefined,
  };
}

async function benchmark(inputs: Inputs, context: Context) {
  const { signal, progress } = context;
  const digest = await photosDigest(inputs.photos);
  const run = withObjective(inputs);
  const measured =
    run.job === undefined
      ? await measureCluster(run, signal, (steps) => showLines(steps, progress))
      : await measureInJob(run, run.job, context);
  const report = relative('.', measured.page);
  const failure = whatFailed(measured);
  if (failure !== undefined) throw new Error(`the benchmark failed: ${failure}; what was measured is in ${report}`);
  progress(measured.verdict.sentence);
  return {
    folder: relative('.', measured.folder),
    report,
    status: measured.status,
    photosDigest: digest,
    summary: benchmarkSummary(measured),
  };
}

/** That a target breaks down under load is a finding; that it answers nothing, or the run did not end, is a failure. */
function whatFailed({ error, status, summary }: Measured): string | undefined {
  if (error !== undefined) return error;
  if (status !== 'complete') return `it was ${status}`;
  const silent = summary.targets.filter(({ answers }) => !answers.some(succeeded));
  return silent.length === 0 ? undefined : `${silent.map(({ name }) => name).join(' and ')} classified no photo`;
}

async function showLines(steps: readonly Step[], progress: (line: string) => void): Promise<void> {
  for (const { title, run } of steps) {
    progress(title);
    await run((text) => progress(`  ${text}`));
  }
}
