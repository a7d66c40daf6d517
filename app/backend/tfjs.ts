import type * as tfjs from '@tensorflow/tfjs-core';
import { ModelError, type ModelSource, readGraphModel, syntheticNetwork } from '../model/index.ts';
import { type Network, reason, side } from './backend.ts';

type Predict = (pictures: tfjs.Tensor4D) => unknown;

/** Loads what every TF.js backend can: a graph model, or random weights. The backend must be set. */
export async function loadGraph(
  tf: typeof tfjs,
  source: Extract<ModelSource, { format: 'graph-model' | 'synthetic' }>,
): Promise<Network> {
  if (source.format === 'synthetic') {
    return network(tf, syntheticNetwork(tf, source.seed), 'The synthetic model');
  }
  const { json, weights } = await readGraphModel(source.path);
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter');
  const artifacts = await tf.io.getModelArtifactsForJSON(json as unknown as tfjs.io.ModelJSON, async (manifest) => [
    tf.io.getWeightSpecs(manifest),
    weights,
  ]);
  const model = await loadGraphModel({ load: async () => artifacts }).catch((error: unknown) => {
    throw new ModelError(`${source.path} cannot be loaded as a TF.js graph model: ${reason(error)}`, { cause: error });
  });
  return network(tf, (pictures) => model.predict(pictures), source.path);
}

/**
 * Makes a network of what a TF.js model predicts.
 * @param name what an error calls the model.
 */
export function network(tf: typeof tfjs, predict: Predict, name: string): Network {
  return {
    async infer(input) {
      return tf.tidy(() => {
        const logits = predict(tf.tensor4d(input, [1, side, side, 3]));
        const numbers = logits instanceof tf.Tensor ? logits.dataSync() : undefined;
        if (!(numbers instanceof Float32Array)) {
          throw new ModelError(`${name} does not answer with one tensor of float32 numbers.`);
        }
        return numbers;
      });
    },
  };
}
