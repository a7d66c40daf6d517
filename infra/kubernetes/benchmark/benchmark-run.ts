import * as pulumi from '@pulumi/pulumi';
import type { JobPlace } from '../job/index.ts';
import { scriptProvider } from '../provider/index.ts';
import type { TargetInputs } from '../target/index.ts';
import type { BenchmarkSummary } from './summary.ts';

export interface BenchmarkRunArgs {
  targets: TargetInputs[];
  cluster: { kubeconfig?: pulumi.Input<string>; context?: string };
  profile: string;
  /** None means all. */
  scenarios: string[];
  /** What capacity and burst ask for. */
  objective: string;
  seed: number;
  /** A folder of pictures; those of the project unless given. */
  photos?: string;
  /** The folder that the run folder is made in. */
  results: string;
  /** The end of the run folder's name. */
  name: string;
  /** Requests a second, and seconds with load and without. */
  autoscaling: { rate: number; seconds: number; quietSeconds: number };
  image: { name: pulumi.Input<string>; digest: pulumi.Input<string> };
  /** Another one has the benchmark run again. */
  token: string;
  /** Where in the cluster the load comes from; from this machine unless given. */
  job?: pulumi.Input<JobPlace>;
}

/** One run of the benchmark; another run is an update. Its script lies where bench and infra may meet. */
export class BenchmarkRun extends pulumi.dynamic.Resource {
  declare readonly folder: pulumi.Output<string>;
  declare readonly report: pulumi.Output<string>;
  declare readonly status: pulumi.Output<string>;
  declare readonly summary: pulumi.Output<BenchmarkSummary>;

  constructor(name: string, args: BenchmarkRunArgs, opts: pulumi.CustomResourceOptions) {
    const inputs = { ...args, folder: undefined, report: undefined, status: undefined, summary: undefined };
    super(scriptProvider('cli/benchmark-main.ts'), name, inputs, opts, 'faceoff', 'Benchmark');
  }
}
