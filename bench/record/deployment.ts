import { z } from 'zod';

/** What a cluster runs the targets on, as it was read from the cluster itself before the run. */
export const deploymentSchema = z.object({
  cluster: z.object({
    /** As the API server says it: v1.34.4. */
    version: z.string(),
    nodes: z.array(
      z.object({
        name: z.string(),
        /** Capacity, as Kubernetes writes quantities: 2, 8148068Ki. */
        cpu: z.string(),
        memory: z.string(),
        os: z.string(),
        runtime: z.string(),
      }),
    ),
  }),
  targets: z.array(
    z.object({
      name: z.string(),
      image: z.string(),
      /** Digest of what a replica runs; absent where no replica was there to tell. */
      imageDigest: z.string().optional(),
      /** Limits of a replica, as Kubernetes writes quantities: 500m, 512Mi. */
      cpu: z.string().optional(),
      memory: z.string().optional(),
      /** Name and version of the Helm chart that serves the target. */
      chart: z.string().optional(),
    }),
  ),
  /** Whether the client ran beside the command or as a Job inside the cluster. */
  client: z.enum(['host', 'job']),
});

export type Deployment = z.infer<typeof deploymentSchema>;
