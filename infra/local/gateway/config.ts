import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type ClientLimits, defaultClientLimits } from './client-limits.ts';
import { defaultLimits, type Image, type ReplicaLimits } from './replica/index.ts';
import { type AutoscalerTiming, openfaasTiming, quickTiming } from './scaling/index.ts';

/** Everything the gateway's environment decides. */
export interface Config {
  host: string;
  /** 0 takes any free one. */
  port: number;
  namespace: string;
  /** Absent when nobody gave one, so that one has to be made up. */
  password?: string;
  images: Map<string, Image>;
  /** Whether the parent tells, over IPC, which functions there are from the start. */
  restores: boolean;
  timing: AutoscalerTiming;
  limits: ReplicaLimits;
  clients: ClientLimits;
}

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});
const ms = z.number().min(0);
const timing = z.object({
  threshold: z.number().min(0),
  windowMs: ms.positive(),
  evaluationMs: ms.positive(),
  holdMs: ms,
  groupWaitMs: ms,
  groupIntervalMs: ms.positive(),
  repeatMs: ms.positive(),
});
const limits = z.object({
  startTimeoutMs: ms.positive().default(defaultLimits.startTimeoutMs),
  maxWaiting: z.int().min(0).default(defaultLimits.maxWaiting),
  drainTimeoutMs: ms.default(defaultLimits.drainTimeoutMs),
  stopGraceMs: ms.default(defaultLimits.stopGraceMs),
  upstreamTimeoutMs: ms.default(defaultLimits.upstreamTimeoutMs),
});
const image = z.object({
  command: z.array(z.string()).min(1, 'must name a program'),
  env: z.record(z.string(), z.string()).optional(),
});

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  GATEWAY_NAMESPACE: z.string().min(1).default('openfaas-fn'),
  GATEWAY_PASSWORD: z.string().min(1).optional(),
  GATEWAY_PASSWORD_FILE: z.string().optional(),
  GATEWAY_IMAGES: json.pipe(z.record(z.string(), image)),
  GATEWAY_FUNCTIONS: z.literal('ipc', 'must be ipc, or unset').optional(),
  GATEWAY_TIMING: z
    .union([z.enum(['openfaas', 'quick']), json.pipe(timing)], 'must be openfaas, quick, or JSON with all periods')
    .default('openfaas'),
  GATEWAY_LIMITS: json.pipe(limits).default(defaultLimits),
  GATEWAY_CLIENT_SECONDS: z.coerce.number().int().min(1).max(3600).default(defaultClientLimits.seconds),
  GATEWAY_MAX_CONNECTIONS: z.coerce.number().int().min(1).max(1_000_000).default(defaultClientLimits.maxConnections),
});

/**
 * Reads the gateway's configuration:
 * `HOST`, `PORT`; `GATEWAY_IMAGES`, JSON of image names to `{command, env}`; `GATEWAY_PASSWORD` or the path of a file
 * that holds it, `GATEWAY_PASSWORD_FILE`; `GATEWAY_FUNCTIONS`, `ipc` where the parent tells the first functions;
 * `GATEWAY_TIMING`, `openfaas`, `quick` or JSON; `GATEWAY_LIMITS`, JSON of some of ReplicaLimits;
 * `GATEWAY_CLIENT_SECONDS`, how long it waits for a client to send its headers and to take its answer;
 * `GATEWAY_MAX_CONNECTIONS`; `GATEWAY_NAMESPACE`.
 *
 * @throws Error that names each variable that is wrong and what it may be.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = checkEnvironment(schema, environment);
  const password = given.GATEWAY_PASSWORD ?? readPassword(given.GATEWAY_PASSWORD_FILE);
  const presets = { openfaas: openfaasTiming, quick: quickTiming };
  return {
    host: given.HOST,
    port: given.PORT,
    namespace: given.GATEWAY_NAMESPACE,
    ...(password === undefined ? {} : { password }),
    images: new Map(Object.entries(given.GATEWAY_IMAGES)),
    restores: given.GATEWAY_FUNCTIONS !== undefined,
    timing: typeof given.GATEWAY_TIMING === 'string' ? presets[given.GATEWAY_TIMING] : given.GATEWAY_TIMING,
    limits: given.GATEWAY_LIMITS,
    clients: {
      seconds: given.GATEWAY_CLIENT_SECONDS,
      requestSeconds: given.GATEWAY_CLIENT_SECONDS + given.GATEWAY_LIMITS.startTimeoutMs / 1000,
      maxConnections: given.GATEWAY_MAX_CONNECTIONS,
    },
  };
}

/** @throws Error that names each variable that is wrong and what it may be. */
export function checkEnvironment<T>(schema: z.ZodType<T>, environment: NodeJS.ProcessEnv): T {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`the gateway's environment is wrong: ${issues.join('; ')}`);
}

function readPassword(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const password = readFileSync(path, 'utf8').trim();
  if (password === '') throw new Error(`GATEWAY_PASSWORD_FILE: ${path} is empty`);
  return password;
}
