import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { checkEnvironment } from '../../../infra/local/gateway/index.ts';

const seconds = z.coerce.number().int();

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535),
  PASSWORD_FILE: z.string().min(1),
  /** Where the chart's own Deployments are. */
  SYSTEM_NAMESPACE: z.string().min(1),
  FUNCTION_NAMESPACE: z.string().min(1),
  FUNCTION_PULL_POLICY: z.enum(['Always', 'IfNotPresent', 'Never']),
  READINESS_DELAY: seconds.min(0),
  READINESS_PERIOD: seconds.min(1),
  LIVENESS_DELAY: seconds.min(0),
  LIVENESS_PERIOD: seconds.min(1),
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
  readiness: Probe;
  liveness: Probe;
}

interface Probe {
  initialDelaySeconds: number;
  periodSeconds: number;
}

/** @throws Error that names each variable that is wrong and what it may be. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = checkEnvironment(schema, environment);
  return {
    port: given.PORT,
    password: readFileSync(given.PASSWORD_FILE, 'utf8').trim(),
    systemNamespace: given.SYSTEM_NAMESPACE,
    functionNamespace: given.FUNCTION_NAMESPACE,
    pods: {
      pullPolicy: given.FUNCTION_PULL_POLICY,
      readiness: { initialDelaySeconds: given.READINESS_DELAY, periodSeconds: given.READINESS_PERIOD },
      liveness: { initialDelaySeconds: given.LIVENESS_DELAY, periodSeconds: given.LIVENESS_PERIOD },
    },
  };
}
