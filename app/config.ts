import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
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
  /** Bytes that pictures which can only be unpacked whole may take together, and one of them alone. */
  maxUnpackedBytes: number;
  /** What this process calls itself in `x-replica-id`. */
  replicaId?: string;
  /** Connections at once; one more is closed. */
  maxConnections: number;
  /** A client has this long to send its headers, its whole request, and to take its answer, in seconds. */
  clientSeconds: number;
  /** Clients that are still sending or reading have this long when the process stops, in seconds. */
  drainSeconds: number;
}

const whole = (least: number, most: number) => {
  const allowed = `a whole number from ${least} to ${most}`;
  return z.pipe(
    z.string().check(z.regex(/^\d+$/, allowed)),
    z.pipe(z.transform(Number), z.number().check(z.minimum(least, allowed), z.maximum(most, allowed))),
  );
};
/** A number, unless the variable is set. */
const wholeOr = (value: number, least: number, most: number) => z._default(whole(least, most), value);

const schema = z.object({
  HOST: z._default(z.string(), '0.0.0.0'),
  PORT: wholeOr(8080, 0, 65_535),
  MODEL_DIR: z.optional(z.string()),
  MODEL_NAME: z._default(z.string(), 'mobilenet_v2_100_224'),
  BACKEND: z.optional(z.enum(backendNames, `one of ${backendNames.join(', ')}`)),
  OFFLINE: z._default(
    z.pipe(
      z.enum(['0', '1', 'false', 'true'], '1 or true, 0 or false'),
      z.transform((value) => value === '1' || value === 'true'),
    ),
    false,
  ),
  MODEL_CACHE_DIR: z.optional(z.string()),
  THREADS: wholeOr(availableParallelism(), 1, 256),
  INFERENCE_SECONDS: wholeOr(30, 1, 3600),
  QUEUE_LIMIT: wholeOr(64, 0, 100_000),
  MAX_BYTES: wholeOr(10 * 1024 * 1024, 1, 1_000_000_000),
  MAX_PIXELS: wholeOr(50_000_000, 1, 1_000_000_000),
  MAX_UNPACKED_BYTES: wholeOr(240_000_000, 1, 1_000_000_000),
  REPLICA_ID: z.optional(
    z.string().check(z.regex(/^[\x21-\x7e]{1,200}$/, '1 to 200 printable ASCII characters without a space')),
  ),
  MAX_CONNECTIONS: wholeOr(4000, 1, 1_000_000),
  CLIENT_SECONDS: wholeOr(30, 1, 3600),
  DRAIN_SECONDS: wholeOr(10, 0, 3600),
  XDG_CACHE_HOME: z.optional(z.string()),
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
    maxUnpackedBytes: data.MAX_UNPACKED_BYTES,
    ...(data.REPLICA_ID !== undefined && { replicaId: data.REPLICA_ID }),
    maxConnections: data.MAX_CONNECTIONS,
    clientSeconds: data.CLIENT_SECONDS,
    drainSeconds: data.DRAIN_SECONDS,
  };
}
