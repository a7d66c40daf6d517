import type { ModelSource } from '../model/index.ts';
import type { Network } from './backend.ts';
import { forbidOnnxTelemetry, loadOnnx } from './onnx.ts';
import { holdTfjsNode, loadOnTfjsNode } from './tfjs-node.ts';
import { loadOnTfjsWasm } from './tfjs-wasm.ts';

export { BackendUnavailable, inputLength, logitCount, type Network, reason, side } from './backend.ts';

export const backendNames = ['onnx', 'tfjs-node', 'tfjs-wasm'] as const;
export type BackendName = (typeof backendNames)[number];

/** A backend, and the model it is to load. */
export type Choice =
  | { backend: 'onnx'; source: Extract<ModelSource, { format: 'onnx' }> }
  | { backend: 'tfjs-node'; source: Exclude<ModelSource, { format: 'onnx' }> }
  | { backend: 'tfjs-wasm'; source: Extract<ModelSource, { format: 'graph-model' | 'synthetic' }> };

/**
 * Every way to run one of the models, the fastest first (as measured, milliseconds a picture on one thread each).
 * @param forced leaves only that backend.
 */
export function choices(sources: readonly ModelSource[], forced?: BackendName): Choice[] {
  const ranked: Choice[] = [
    ...sources.flatMap((source): Choice[] => (source.format === 'onnx' ? [{ backend: 'onnx', source }] : [])),
    ...sources.flatMap((source): Choice[] =>
      source.format === 'saved-model' ? [{ backend: 'tfjs-node', source }] : [],
    ),
    ...(['tfjs-node', 'tfjs-wasm'] as const).flatMap((backend) =>
      sources.flatMap((source): Choice[] =>
        source.format === 'graph-model' || source.format === 'synthetic' ? [{ backend, source }] : [],
      ),
    ),
  ];
  return ranked.filter(({ backend }) => forced === undefined || backend === forced);
}

/**
 * Does what a backend needs of the process before a worker loads it. To be called on the main thread: native libraries see
 * that thread's environment alone.
 * @throws {BackendUnavailable} when the backend does not work on this machine.
 */
export function prepareProcess(backend: BackendName): void {
  if (backend === 'onnx') {
    forbidOnnxTelemetry();
  } else if (backend === 'tfjs-node') {
    holdTfjsNode();
  }
}

/**
 * Loads a network. Only the chosen backend's libraries are imported, since a cold start pays for each.
 * @throws {BackendUnavailable} when the backend does not work on this machine.
 * @throws {ModelError} when the model's files are missing or damaged.
 */
export function loadNetwork(choice: Choice): Promise<Network> {
  switch (choice.backend) {
    case 'onnx':
      return loadOnnx(choice.source);
    case 'tfjs-node':
      return loadOnTfjsNode(choice.source);
    case 'tfjs-wasm':
      return loadOnTfjsWasm(choice.source);
  }
}
