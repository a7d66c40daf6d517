import { createRequire } from 'node:module';
import util from 'node:util';
import type * as tfjs from '@tensorflow/tfjs-core';
import { ModelError, type ModelSource } from '../model/index.ts';
import { BackendUnavailable, type Network, reason } from './backend.ts';
import { loadGraph, network } from './tfjs.ts';

/** What is used of @tensorflow/tfjs-node, whose own types are not there when the package is not. */
type TfjsNode = typeof tfjs & {
  node: { loadSavedModel(path: string): Promise<{ predict(pictures: tfjs.Tensor4D): unknown }> };
};

/** Loads a model on the native TensorFlow library: an optional dependency, which is there when it loads. */
export async function loadOnTfjsNode(source: Exclude<ModelSource, { format: 'onnx' }>): Promise<Network> {
  const tf = await importTfjsNode();
  if (source.format !== 'saved-model') {
    return loadGraph(tf, source);
  }
  const model = await tf.node.loadSavedModel(source.path).catch((error: unknown) => {
    throw new ModelError(`${source.path} cannot be loaded as a SavedModel: ${reason(error)}`, { cause: error });
  });
  return network(tf, (pictures) => model.predict(pictures), source.path);
}

/**
 * Keeps the native library in the process; to be called before a worker loads it. Node unloads a library with the last
 * thread that uses it, but TensorFlow leaves exit handlers behind, which would then crash the process when it ends.
 * @throws {BackendUnavailable} when the library is not there, or does not load, or Node is too new for it.
 */
export function holdTfjsNode(): void {
  // It loads, but then calls this at every turn.
  if (!('isNullOrUndefined' in util)) {
    throw unavailable(`it needs Node 22 or older, and this is ${process.version}`);
  }
  // The library reads these when it loads. Its notes on how a model was loaded are of no use to who runs a service, and one
  // thread for each worker is faster than workers that share a pool.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  process.env['TF_NUM_INTRAOP_THREADS'] ??= '1';
  requireOrExplain('@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node');
}

async function importTfjsNode(): Promise<TfjsNode> {
  const tf = requireOrExplain('@tensorflow/tfjs-node') as TfjsNode;
  await tf.ready();
  return tf;
}

function requireOrExplain(name: string): unknown {
  try {
    return createRequire(import.meta.url)(name);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
    const why = missing ? 'it, or its native library, is not installed' : reason(error);
    throw unavailable(why, { cause: error });
  }
}

function unavailable(why: string, options?: ErrorOptions): BackendUnavailable {
  return new BackendUnavailable(`tfjs-node, the native TensorFlow backend, is not available: ${why}.`, options);
}
