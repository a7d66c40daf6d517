import { resolve } from 'node:path';
import { describeSource, mirrorRun, readPhotos, writeReport } from '../bench/index.ts';
import { connect } from '../infra/kubernetes/api/index.ts';
import { type JobPlace, programPort, startNodeJob } from '../infra/kubernetes/job/index.ts';
import { describeDeployments, restoreTargets, type TargetDescription } from '../infra/kubernetes/target/index.ts';
import { type ClusterRun, settingsOf } from './cluster-run.ts';
import { bundleJobProgram } from './job-bundle.ts';
import type { JobOrder } from './job-program.ts';
import type { Measured } from './measure.ts';

/**
 * Measures a stack's targets from a pod of their cluster, into a run folder here. The pod is gone afterwards, and the
 * targets' autoscalers and replicas are as they were.
 *
 * @throws Error when the cluster cannot be reached or the pod does not run; what goes wrong later is told in the result.
 */
export async function measureInJob(
  run: ClusterRun,
  place: JobPlace,
  { signal, progress }: { signal: AbortSignal; progress(line: string): void },
): Promise<Measured> {
  const cluster = connect(run.cluster);
  const order = await writeOrder(run);
  progress('Starting a Job in the cluster');
  const job = await startNodeJob(cluster, place, { program: await bundleJobProgram(), order }, signal);
  try {
    const mirrored = await mirrorRun({
      url: job.url,
      results: resolve(run.results),
      signal,
      progress,
      everyMs: 500,
      patienceMs: 60_000,
    });
    if (mirrored.folder === undefined) throw new Error(mirrored.error ?? `the run was ${mirrored.status}`);
    return { ...(await writeReport(mirrored.folder, run)), ...mirrored, folder: mirrored.folder };
  } finally {
    // A pod that was killed could not restore anything. No cleaning hinders the next one, or hides the result.
    for (const clean of [() => job.remove(), () => restoreTargets(cluster, run.targets)]) {
      await clean().catch((error: unknown) => progress(`Cleaning up failed: ${String(error)}`));
    }
  }
}

async function writeOrder(run: ClusterRun): Promise<JobOrder> {
  const photos = await readPhotos(run.photos);
  const deployment = await describeDeployments(connect(run.cluster), run.targets);
  return {
    targets: run.targets.map(inCluster),
    profile: run.profile,
    scenarios: run.scenarios,
    seed: run.seed,
    name: run.name,
    settings: settingsOf(run),
    photos: photos.map(({ bytes, ...photo }) => ({ ...photo, base64: bytes.toString('base64') })),
    deployment: { ...deployment, client: 'job' },
    source: await describeSource(),
    results: '/tmp/results',
    port: programPort,
  };
}

function inCluster(target: TargetDescription): TargetDescription {
  if (target.serviceUrl === undefined) throw new Error(`target ${target.name} has no address within the cluster`);
  return { ...target, url: target.serviceUrl };
}
