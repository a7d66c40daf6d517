import { describe, expect, test } from 'vitest';
import type { ModelSource } from '../model/index.ts';
import { choices } from './index.ts';

const onnx: ModelSource = { format: 'onnx', path: 'net.onnx' };
const savedModel: ModelSource = { format: 'saved-model', path: 'saved' };
const graphModel: ModelSource = { format: 'graph-model', path: 'model.json' };
const synthetic: ModelSource = { format: 'synthetic', seed: 1 };

describe('choices', () => {
  test('puts the fastest way first', () => {
    expect(choices([graphModel, savedModel, onnx])).toEqual([
      { backend: 'onnx', source: onnx },
      { backend: 'tfjs-node', source: savedModel },
      { backend: 'tfjs-node', source: graphModel },
      { backend: 'tfjs-wasm', source: graphModel },
    ]);
  });

  test('leaves only the backend that is forced', () => {
    expect(choices([graphModel, savedModel, onnx], 'tfjs-wasm')).toEqual([
      { backend: 'tfjs-wasm', source: graphModel },
    ]);
  });

  test('has no way to run a format on a backend that cannot read it', () => {
    expect(choices([onnx, savedModel], 'tfjs-wasm')).toEqual([]);
  });

  test('runs synthetic weights on TF.js', () => {
    expect(choices([synthetic]).map(({ backend }) => backend)).toEqual(['tfjs-node', 'tfjs-wasm']);
  });
});
