import * as pulumi from '@pulumi/pulumi';
import type { JobPlace } from '../job/index.ts';
import { BenchmarkRun, type BenchmarkRunArgs } from './benchmark-run.ts';
import { type JobPlaceArgs, jobPlace } from './job-place.ts';

export interface BenchmarkArgs extends Omit<BenchmarkRunArgs, 'job'> {
  /** Whether it is run now; what another run needs in the cluster is made in any case. */
  enabled: boolean;
  /** Where the load comes from: this machine, or a Job in the cluster. */
  from: 'host' | 'job';
  pullSecretIn?: JobPlaceArgs['pullSecretIn'];
}

/**
 * Benchmarks the targets once they are there, and again when the image, the targets or what is measured change, or the
 * token does. Never in a preview.
 */
export class Benchmark extends pulumi.ComponentResource {
  /** What was measured, unless it is not run now. */
  readonly run?: BenchmarkRun;
  /** Where a Job may run, when the load is to come from one. */
  readonly job?: pulumi.Output<JobPlace>;

  constructor(
    name: string,
    { enabled, from, pullSecretIn, ...args }: BenchmarkArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super('faceoff:kubernetes:Benchmark', name, {}, opts);
    // What the component waits for, its run must wait for.
    const { dependsOn = [] } = opts;
    const { targets, image } = args;
    const made = from === 'job' ? jobPlace({ targets, image: image.name, pullSecretIn }, this) : undefined;
    if (made) this.job = made.place;
    if (enabled) {
      this.run = new BenchmarkRun(
        name,
        { ...args, ...(made && { job: made.place }) },
        { parent: this, dependsOn: pulumi.all([dependsOn, made?.access ?? []]).apply((all) => all.flat()) },
      );
    }
    this.registerOutputs({ report: this.run?.report, summary: this.run?.summary, job: this.job });
  }
}
