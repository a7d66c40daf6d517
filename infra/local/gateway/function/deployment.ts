import { z } from 'zod';
import { GatewayError } from '../gateway-error.ts';
import { type FunctionScale, scaleSchema } from './scale-labels.ts';

const texts = z.record(z.string(), z.string()).nullish();
const resources = z.object({ memory: z.string().optional(), cpu: z.string().optional() }).nullish();

const schema = z.object({
  service: z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be a valid DNS label'),
  image: z.string().min(1, 'is required'),
  namespace: z.string().optional(),
  envVars: texts,
  labels: texts,
  annotations: texts,
  limits: resources,
  requests: resources,
  secrets: z.array(z.string()).max(0, 'there are none here: give the value in envVars').nullish(),
  readOnlyRootFilesystem: z.boolean().optional(),
});

/** What a client asks for by POST or PUT to /system/functions, validated. */
export interface Deployment {
  name: string;
  image: string;
  envVars: Record<string, string>;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  limits?: Resources;
  requests?: Resources;
  readOnlyRootFilesystem: boolean;
  scale: FunctionScale;
}

/** Kubernetes quantities. Accepted and reported; nothing on this machine enforces them. */
export interface Resources {
  memory?: string | undefined;
  cpu?: string | undefined;
}

/** @throws GatewayError 400 that names each field that is wrong and what it may be. */
export function parseDeployment(body: unknown, namespace: string): Deployment {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalid(parsed.error);
  const { service, labels, ...given } = parsed.data;
  checkNamespace(given.namespace, namespace);
  const scale = scaleSchema.safeParse(labels ?? {});
  if (!scale.success) throw invalid(scale.error);
  return {
    name: service,
    image: given.image,
    envVars: given.envVars ?? {},
    labels: labels ?? {},
    annotations: given.annotations ?? {},
    ...(given.limits ? { limits: given.limits } : {}),
    ...(given.requests ? { requests: given.requests } : {}),
    readOnlyRootFilesystem: given.readOnlyRootFilesystem ?? false,
    scale: scale.data,
  };
}

/** The body that `parseDeployment` reads this deployment from. */
export function deploymentBody({ name, scale: _inLabels, ...given }: Deployment): Record<string, unknown> {
  return { service: name, ...given };
}

/** @throws GatewayError 400 for any namespace but the gateway's own; none given is that one. */
export function checkNamespace(given: string | undefined, namespace: string): void {
  if (given !== undefined && given !== '' && given !== namespace) {
    throw new GatewayError(400, `namespace must be: ${namespace}`);
  }
}

function invalid(error: z.ZodError): GatewayError {
  const issues = error.issues.map(({ path, message }) => [...path, message].join(': '));
  return new GatewayError(400, `validation failed: ${issues.join('; ')}`);
}
