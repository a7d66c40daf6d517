import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const quantities = z.object({ cpu: z.string(), memory: z.string() });
const told = z.object({ cpu: z.string().optional(), memory: z.string().optional() });
type Quantities = z.infer<typeof quantities>;

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

/** What the gateway tells of a function. Providers leave out what they do not know. */
export const functionStatus = z.object({
  name: z.string(),
  image: z.string(),
  availableReplicas: z.number().default(0),
  envVars: texts.nullish(),
  labels: texts.nullish(),
  limits: told.nullish(),
  requests: told.nullish(),
  secrets: z.array(z.string()).nullish(),
  readOnlyRootFilesystem: z.boolean().optional(),
});
export type FunctionStatus = z.infer<typeof functionStatus>;

/**
 * The spec as it is deployed, where the gateway tells it, and as it was wanted where it does not. Labels that the
 * gateway adds by itself are not the spec's.
 */
export function deployedSpec(wanted: FunctionSpec, status: FunctionStatus): FunctionSpec {
  const labels = status.labels ?? wanted.labels;
  return {
    ...wanted,
    image: status.image,
    labels: Object.fromEntries(
      Object.keys(wanted.labels).flatMap((key) => {
        const value = labels[key];
        return value === undefined ? [] : [[key, value]];
      }),
    ),
    envVars: status.envVars ?? wanted.envVars,
    limits: deployedQuantities(wanted.limits, status.limits),
    requests: deployedQuantities(wanted.requests, status.requests),
    secrets: status.secrets ?? wanted.secrets,
  };
}

/** Kubernetes writes the same quantity in another way: 1000m as 1. */
function deployedQuantities(wanted: Quantities, told: FunctionStatus['limits']): Quantities {
  const deployed = (key: keyof Quantities) => {
    const text = told?.[key];
    return text === undefined || amount(text) === amount(wanted[key]) ? wanted[key] : text;
  };
  return { cpu: deployed('cpu'), memory: deployed('memory') };
}

const units: Record<string, number> = {
  ...{ '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 },
};

function amount(quantity: string): number {
  const [, number = '', unit = ''] = /^([\d.]+)(\w*)$/.exec(quantity) ?? [];
  // A division, since 18 * 0.001 is not 0.018.
  return unit === 'm' ? Number(number) / 1000 : Number(number) * (units[unit] ?? Number.NaN);
}
