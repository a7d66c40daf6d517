import type * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import type { ClassifierImage } from '../image/index.ts';
import type { TargetInputs } from '../target/index.ts';
import type { Platform } from './platform.ts';

/** One architecture on the cluster, as one platform has it. */
export interface Made {
  target: TargetInputs;
  /** What must be there before the target can be measured. */
  resources: pulumi.Resource[];
  /** For people, by what is reached there. */
  urls: Record<string, pulumi.Output<string>>;
}

/** What everything is made of. */
export interface MakeArgs {
  config: StackConfig;
  image: ClassifierImage;
  provider: kubernetes.Provider;
}

export type PlatformName = StackConfig['platforms'][number];

/** What every architecture is made of. */
export interface ArchitectureArgs extends MakeArgs {
  /** Of a name always the same: architectures share what runs their functions. */
  platform: (name: PlatformName) => Platform;
}
