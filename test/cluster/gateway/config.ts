import { readFileSync } from 'node:fs';
import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535),
  PASSWORD_FILE: z.string().min(1),
  /** Where the chart's own Deployments are. */
  SYSTEM_NAMESPACE: z.string().min(1),
  FUNCTION_NAMESPACE: z.string().min(1),
  FUNCTION_PULL_POLICY: z.enum(['Always', 'IfNotPresent', 'Never']),
  /** Seconds of the function's probes. */
  PROBE_DELAY: z.coerce.number().int().min(0),
  PROBE_PERIOD: z.coerce.number().int().min(1),
});

export interface Config {
  port: number;
  password: string;
  systemNamespace: string;
  functionNamespace: string;
  pods: PodSettings;
}

/** What all pods of functions have in common. */
export interface PodSettings {
  pullPolicy: string;
  /** Seconds. */
  probe: { delay: number; period: number };
}

/** @throws Error that names each variable that is wrong and what it may be. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`the gateway's environment is wrong: ${issues.join('; ')}`);
  }
  const given = parsed.data;
  return {
    port: given.PORT,
    password: readFileSync(given.PASSWORD_FILE, 'utf8').trim(),
    systemNamespace: given.SYSTEM_NAMESPACE,
    functionNamespace: given.FUNCTION_NAMESPACE,
    pods: { pullPolicy: given.FUNCTION_PULL_POLICY, probe: { delay: given.PROBE_DELAY, period: given.PROBE_PERIOD } },
  };
}
