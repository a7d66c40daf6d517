import { ModelError, type ModelSource } from '../model/index.ts';
import { BackendUnavailable, type Network, reason, side } from './backend.ts';

/** From 1.29 on, onnxruntime reports to its makers what runs on it unless this is set before it loads. */
export function forbidOnnxTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}

/** Loads an ONNX model on onnxruntime-node, with one thread of its own: parallelism comes from having many workers. */
export async function loadOnnx({ path }: Extract<ModelSource, { format: 'onnx' }>): Promise<Network> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node').catch((error: unknown) => {
    throw new BackendUnavailable(`onnxruntime-node does not load here: ${reason(error)}`, { cause: error });
  });
  const session = await InferenceSession.create(path, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
  }).catch((error: unknown) => {
    throw new ModelError(`${path} cannot be loaded as an ONNX model: ${reason(error)}`, { cause: error });
  });
  const [inputName, outputName] = [session.inputNames[0], session.outputNames[0]];
  if (inputName === undefined || outputName === undefined) {
    throw new ModelError(`${path} has no input or no output.`);
  }
  return {
    async infer(input) {
      const outputs = await session.run({ [inputName]: new Tensor('float32', input, [1, side, side, 3]) });
      const logits = outputs[outputName]?.data;
      if (!(logits instanceof Float32Array)) {
        throw new ModelError(`${path} does not answer with float32 numbers.`);
      }
      return logits;
    },
  };
}
