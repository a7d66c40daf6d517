import * as pulumi from '@pulumi/pulumi';
import { BenchmarkRun, type BenchmarkRunArgs } from './benchmark-run.ts';
import { jobPlace } from './job-place.ts';
import type { BenchmarkSummary } from './summary.ts';

export interface BenchmarkArgs extends Omit<BenchmarkRunArgs, 'job'> {
  /** Where the load comes from: this machine, or a Job in the cluster. */
  from: 'host' | 'job';
  /** Makes the Secret that pods of a namespace need to pull the image, and gives its name. */
  pullSecretIn?: (namespace: pulumi.Input<string>, parent: pulumi.Resource) => pulumi.Output<string>;
}

/**
 * Benchmarks the targets once they are there, and again when the image, the targets or what is measured change, or the
 * token does. Never in a preview.
 */
export class Benchmark extends pulumi.ComponentResource {
  /** The run folder, as a path from the project's folder. */
  readonly folder: pulumi.Output<string>;
  /** Its report.html. */
  readonly report: pulumi.Output<string>;
  readonly status: pulumi.Output<string>;
  readonly summary: pulumi.Output<BenchmarkSummary>;

  constructor(name: string, { from, pullSecretIn, ...args }: BenchmarkArgs, opts: pulumi.ComponentResourceOptions) {
    super('faceoff:kubernetes:Benchmark', name, {}, opts);
    // What the component waits for, its run must wait for.
    const { dependsOn = [] } = opts;
    const place = from === 'job' ? jobPlace(args.targets, this) : undefined;
    const secret = place && pullSecretIn?.(place.namespace, this);
    const run = new BenchmarkRun(
      name,
      {
        ...args,
        ...(place && {
          job: {
            namespace: place.namespace,
            serviceAccount: place.serviceAccount,
            ...(secret && { pullSecret: secret }),
          },
        }),
      },
      { parent: this, dependsOn: pulumi.all([dependsOn, place?.access ?? []]).apply((all) => all.flat()) },
    );
    this.folder = run.folder;
    this.report = run.report;
    this.status = run.status;
    this.summary = run.summary;
    this.registerOutputs({ folder: this.folder, report: this.report, status: this.status, summary: this.summary });
  }
}
