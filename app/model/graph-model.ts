import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import english from 'zod/v4/locales/en.js';
import { ModelError } from './error.ts';

/** A TF.js graph model's files, read and found whole. */
export interface GraphModelFiles {
  /** What model.json holds. */
  json: z.infer<typeof modelJson>;
  /** All weights in a row, in the order of the manifest. */
  weights: ArrayBuffer;
}

const bytesPerNumber = { float32: 4, int32: 4, uint16: 2, float16: 2, uint8: 1, bool: 1 };
const numberType = z.enum(['float32', 'int32', 'uint16', 'float16', 'uint8', 'bool']);
const weight = z.looseObject({
  shape: z.array(z.int().check(z.nonnegative())),
  dtype: numberType,
  quantization: z.optional(z.looseObject({ dtype: numberType })),
});
const modelJson = z.looseObject({
  format: z.optional(z.string()),
  modelTopology: z.looseObject({ node: z.array(z.unknown()).check(z.minLength(1)) }),
  weightsManifest: z
    .array(
      z.looseObject({
        // Files beside model.json: a name that led elsewhere could reach any file.
        paths: z.array(z.string().check(z.regex(/^[\w-][\w.-]*$/, 'a plain file name'))).check(z.minLength(1)),
        weights: z.array(weight),
      }),
    )
    .check(z.minLength(1)),
});

/**
 * Checks what a model.json holds.
 * @param name what the messages call it.
 * @throws {ModelError} when it is not a graph model.
 */
export function parseModelJson(text: string, name: string): GraphModelFiles['json'] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new ModelError(`${name} is not JSON, so it is no TF.js graph model.`, { cause: error });
  }
  const { data, error } = modelJson.safeParse(content, { error: english().localeError });
  if (error) {
    throw new ModelError(`${name} is no TF.js graph model:\n${z.prettifyError(error)}`);
  }
  return data;
}

/**
 * Reads a graph model.
 * @param path its model.json; the weights lie beside it.
 * @throws {ModelError} when a file is missing, damaged, or cut short.
 */
export async function readGraphModel(path: string): Promise<GraphModelFiles> {
  const json = parseModelJson((await read(path)).toString('utf8'), path);
  const shards = await Promise.all(shardNames(json).map((name) => read(join(dirname(path), name))));
  const held = shards.reduce((sum, { length }) => sum + length, 0);
  const wanted = weightBytes(json);
  if (held !== wanted) {
    throw new ModelError(`The weights beside ${path} have ${held} bytes; ${wanted} are wanted. Get the files again.`);
  }
  const weights = new Uint8Array(held);
  shards.reduce((offset, shard) => {
    weights.set(shard, offset);
    return offset + shard.length;
  }, 0);
  return { json, weights: weights.buffer };
}

/** Names of the weight files, in order. */
export function shardNames({ weightsManifest }: GraphModelFiles['json']): string[] {
  return weightsManifest.flatMap(({ paths }) => paths);
}

/** Bytes of all weight files together. */
export function weightBytes({ weightsManifest }: GraphModelFiles['json']): number {
  return weightsManifest
    .flatMap(({ weights }) => weights)
    .map(({ shape, dtype, quantization }) =>
      shape.reduce((a, b) => a * b, bytesPerNumber[quantization?.dtype ?? dtype]),
    )
    .reduce((sum, bytes) => sum + bytes, 0);
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new ModelError(`${path} cannot be read. It belongs to the model.`, { cause: error });
  }
}
