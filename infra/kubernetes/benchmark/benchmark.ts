import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { scriptProvider } from '../provider/index.ts';
import type { TargetDescription } from '../target/index.ts';

export interface BenchmarkArgs {
  /** Ends the name of the run folder. */
  name: string;
  cluster: StackConfig['kubernetes'];
  targets: pulumi.Input<TargetDescription>[];
  /** Another one is benchmarked again. */
  imageDigest: pulumi.Input<string>;
  benchmark: Omit<StackConfig['benchmark'], 'enabled'>;
}

/** Figures of one target, in the units of the report: milliseconds, requests a second, seconds. */
export interface Figures {
  latencyMs?: number;
  successesPerSecond?: number;
  coldStartMs?: number;
  mostReplicas?: number;
  failed: number;
  sent: number;
}

/**
 * The benchmark of a stack's targets. It runs when it is made, and again when the targets, their image, what is measured
 * or the token are others. Its report stays when it is deleted.
 */
export class Benchmark extends pulumi.dynamic.Resource {
  /** The page, from the project's folder. */
  declare readonly report: pulumi.Output<string>;
  declare readonly summary: pulumi.Output<{ verdict: string; targets: Record<string, Figures> }>;

  constructor(name: string, args: BenchmarkArgs, opts: pulumi.CustomResourceOptions) {
    super(
      scriptProvider('cli/benchmark-resource.ts'),
      name,
      { ...args, report: undefined, summary: undefined },
      opts,
      'faceoff',
      'Benchmark',
    );
  }
}
