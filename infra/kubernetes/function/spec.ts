import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const quantities = z.object({ cpu: z.string(), memory: z.string() });
export type Quantities = z.infer<typeof quantities>;

/** A function as the gateway's API takes it (openfaas/faas-provider, types.FunctionDeployment). */
export const functionSpec = z.object({
  service: z.string(),
  namespace: z.string(),
  image: z.string(),
  envVars: texts,
  labels: texts,
  limits: quantities,
  requests: quantities,
  /** Names of Secrets; one of a registry's type is used to pull. */
  secrets: z.array(z.string()),
  readOnlyRootFilesystem: z.boolean(),
});
export type FunctionSpec = z.infer<typeof functionSpec>;
