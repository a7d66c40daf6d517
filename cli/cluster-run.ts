import { z } from 'zod';
import {
  type Arrivals,
  type Objective,
  type Profile,
  parseObjective,
  profiles,
  type ReportOptions,
  type RunOptions,
  type Settings,
  withLoad,
} from '../bench/index.ts';
import { clusterOptionsSchema } from '../infra/kubernetes/api/index.ts';
import { jobPlaceSchema } from '../infra/kubernetes/job/index.ts';
import { targetDescriptionSchema } from '../infra/kubernetes/target/index.ts';
import { withOptions } from './settings.ts';

/** How a stack's configuration has its targets measured. */
export const settingsSchema = z.object({
  profile: z.enum(Object.keys(profiles) as [Profile, ...Profile[]]),
  /** Names; none means all. */
  scenarios: z.array(z.string()),
  /** What capacity and burst ask for, as text; that of the profile unless given, as by stacks of before. */
  objective: z.string().optional(),
  seed: z.int(),
  /** A folder; the photos of the project unless given. */
  photos: z.string().optional(),
  /** The folder that the run folder is made in. */
  results: z.string(),
  autoscaling: z.object({
    rate: z.number().positive(),
    seconds: z.number().positive(),
    quietSeconds: z.number().nonnegative(),
  }),
  /** Where in the cluster the load comes from; from this machine unless given. */
  job: jobPlaceSchema.optional(),
});

export const targetsSchema = z.object({
  targets: z.array(targetDescriptionSchema).min(1),
  cluster: clusterOptionsSchema,
});

/** What is measured on a cluster, and how. */
export const clusterRunSchema = z.object({ ...targetsSchema.shape, ...settingsSchema.shape, name: z.string() });

export interface ClusterRun extends Omit<z.infer<typeof clusterRunSchema>, 'objective'>, ReportOptions {
  /** What capacity and burst ask for; as the profile has it unless given. */
  objective?: Objective;
  /** The load of the autoscaling scenario, in place of the configured rate. */
  traffic?: Arrivals;
  /** How much of each scenario, in place of the profile and the configured load. */
  settings?: Settings;
}

/** What of a stack's configuration another room has to read. @throws Error when it is no objective. */
export function withObjective<T extends { objective?: string | undefined }>({ objective, ...run }: T) {
  return { ...run, ...(objective !== undefined && { objective: parseObjective(objective) }) };
}

/** How much is measured. Kubernetes and OpenFaaS take longer to act than processes of this machine. */
export function settingsOf({ profile, autoscaling, settings, ...options }: ClusterRun): RunOptions['settings'] {
  return withOptions(settings ?? withLoad(profiles[profile], autoscaling), options);
}
