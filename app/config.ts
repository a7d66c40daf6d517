import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { type BackendName, backendNames } from './backend/index.ts';
import { ConfigError } from './config-error.ts';

/** Everything the environment decides. */
export interface Config {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Folder with the model; without it the weights are downloaded, or made up when that fails. */
  modelDir?: string;
  /** The name that answers give the model. */
  modelName: string;
  /** Forces a backend; without it the fastest one that works is taken. */
  backend?: BackendName;
  /** Never download. */
  offline: boolean;
  /** Where a downloaded model is kept. */
  cacheDir: string;
  /** Inference workers. */
  threads: number;
  /** A worker that takes longer for one picture hangs, and is replaced. */
  inferenceSeconds: number;
  /** Pictures that may wait beyond those being worked on. */
  queueLimit: number;
  /** Largest picture file, in bytes. */
  maxBytes: number;
  /** Largest picture, in pixels (width times height). */
  maxPixels: number;
  /** What this process calls itself in `x-replica-id`. */
  replicaId?: string;
  /** Clients that are still sending or reading have this long when the process stops, in seconds. */
  drainSeconds: number;
}

const whole = (least: number, most: number) => {
  const allowed = `a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d+$/, allowed)
    .transform(Number)
    .refine((value) => value >= least && value <= most, allowed);
};

const schema = z.object({
  HOST: z.string().default('0.0.0.0'),
  PORT: whole(0, 65_535).default(8080),
  MODEL_DIR: z.string().optional(),
  MODEL_NAME: z.string().default('mobilenet_v2_100_224'),
  BACKEND: z.enum(backendNames, `one of ${backendNames.join(', ')}`).optional(),
  OFFLINE: z
    .enum(['0', '1', 'false', 'true'], '1 or true, 0 or false')
    .transform((value) => value === '1' || value === 'true')
    .default(false),
  MODEL_CACHE_DIR: z.string().optional(),
  THREADS: whole(1, 256).default(availableParallelism()),
  INFERENCE_SECONDS: whole(1, 3600).default(30),
  QUEUE_LIMIT: whole(0, 100_000).default(64),
  MAX_BYTES: whole(1, 1_000_000_000).default(10 * 1024 * 1024),
  MAX_PIXELS: whole(1, 1_000_000_000).default(50_000_000),
  REPLICA_ID: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, '1 to 200 printable ASCII characters without a space')
    .optional(),
  DRAIN_SECONDS: whole(0, 3600).default(10),
  XDG_CACHE_HOME: z.string().optional(),
});

/**
 * Reads the configuration. An empty variable counts as unset, since container platforms often set those.
 * @throws {ConfigError} naming every variable that is wrong.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const { data, error } = schema.safeParse(given);
  if (error) {
    throw new ConfigError(
      error.issues
        .map(({ path, message }) => `${path.join('.')}=${given[String(path[0])]}: it must be ${message}.`)
        .join('\n'),
    );
  }
  return {
    host: data.HOST,
    port: data.PORT,
    ...(data.MODEL_DIR !== undefined && { modelDir: data.MODEL_DIR }),
    modelName: data.MODEL_NAME,
    ...(data.BACKEND !== undefined && { backend: data.BACKEND }),
    offline: data.OFFLINE,
    cacheDir: data.MODEL_CACHE_DIR ?? join(data.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'faceoff'),
    threads: data.THREADS,
    inferenceSeconds: data.INFERENCE_SECONDS,
    queueLimit: data.QUEUE_LIMIT,
    maxBytes: data.MAX_BYTES,
    maxPixels: data.MAX_PIXELS,
    ...(data.REPLICA_ID !== undefined && { replicaId: data.REPLICA_ID }),
    drainSeconds: data.DRAIN_SECONDS,
  };
}
