import type * as pulumi from '@pulumi/pulumi';
import { z } from 'zod';

const named = { namespace: z.string(), name: z.string() };

/** Who changes the number of replicas by itself. */
export const autoscalerSchema = z.discriminatedUnion('kind', [
  /** OpenFaaS's Alertmanager: without it no alert reaches the gateway. */
  z.object({ kind: z.literal('alertmanager'), ...named }),
  /** Knative's, by the name of the revision that it scales. */
  z.object({
    kind: z.literal('knative'),
    ...named,
    min: z.int().nonnegative(),
    max: z.int().positive(),
    /** Namespaces of what runs beside the function: Knative Serving, and its ingress. */
    platform: z.array(z.string()),
  }),
  z.object({ kind: z.literal('hpa'), ...named, min: z.int().positive(), max: z.int().positive() }),
]);

/** What a hybrid has beside its base. */
const hybridSchema = z.object({
  router: z.object(named),
  /** The Deployment that overflowed requests go to, and whether it starts again by itself from zero replicas. */
  function: z.object({ ...named, scalable: z.boolean() }),
  /** Whether who measures decides how many requests a server of the base may have at once. */
  measured: z.boolean(),
});

/** One deployed architecture, in plain values: an output of the stack, and all that a benchmark needs to know. */
export const targetDescriptionSchema = z.object({
  name: z.string(),
  architecture: z.enum(['server', 'serverless', 'hybrid']),
  /** Where a picture is sent by POST. */
  url: z.url({ protocol: /^https?$/ }),
  /** What requests carry in their Host header, where that is not the URL's. */
  host: z.string().optional(),
  /** The same from within the cluster. */
  serviceUrl: z.url({ protocol: /^http$/ }).optional(),
  /** Whose replicas count; of a hybrid, those of its base. */
  deployment: z.object(named),
  /** Whether it starts again by itself from zero replicas. */
  scalable: z.boolean(),
  minReplicas: z.int().nonnegative(),
  /** Of a hybrid, that of its function. */
  autoscaler: autoscalerSchema.optional(),
  hybrid: hybridSchema.optional(),
});

export type Autoscaler = z.infer<typeof autoscalerSchema>;
export type HybridDescription = z.infer<typeof hybridSchema>;
export type TargetDescription = z.infer<typeof targetDescriptionSchema>;
/** The same while it is made: what it has is known, its values not yet. */
export type TargetInputs = { [K in keyof TargetDescription]: pulumi.Input<Exclude<TargetDescription[K], undefined>> };
