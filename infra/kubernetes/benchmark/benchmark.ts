import * as pulumi from '@pulumi/pulumi';
import { BenchmarkRun, type BenchmarkRunArgs } from './benchmark-run.ts';
import type { BenchmarkSummary } from './summary.ts';

export type BenchmarkArgs = BenchmarkRunArgs;

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

  constructor(name: string, args: BenchmarkArgs, opts: pulumi.ComponentResourceOptions) {
    super('faceoff:kubernetes:Benchmark', name, {}, opts);
    // What the component waits for, its run must wait for.
    const { dependsOn = [] } = opts;
    const run = new BenchmarkRun(name, args, { parent: this, dependsOn });
    this.folder = run.folder;
    this.report = run.report;
    this.status = run.status;
    this.summary = run.summary;
    this.registerOutputs({ folder: this.folder, report: this.report, status: this.status, summary: this.summary });
  }
}
