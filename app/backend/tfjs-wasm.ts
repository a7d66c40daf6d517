import type { ModelSource } from '../model/index.ts';
import { BackendUnavailable, type Network, reason } from './backend.ts';
import { loadGraph } from './tfjs.ts';

/** Loads a model on TF.js compiled to WebAssembly, which runs wherever Node does, on one thread. */
export async function loadOnTfjsWasm(
  source: Extract<ModelSource, { format: 'graph-model' | 'synthetic' }>,
): Promise<Network> {
  const tf = await import('@tensorflow/tfjs-core');
  try {
    await import('@tensorflow/tfjs-backend-wasm');
    await tf.setBackend('wasm');
    await tf.ready();
  } catch (error) {
    throw new BackendUnavailable(`tfjs-wasm does not load here: ${reason(error)}`, { cause: error });
  }
  return loadGraph(tf, source);
}
