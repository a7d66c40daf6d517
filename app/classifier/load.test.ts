import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelDir, startClassifier } from '../test/classifier.ts';
import { folderWith, tinyGraphModel } from '../test/folder.ts';

describe('loadClassifier', () => {
  test('says what a forced backend needs', async () => {
    const MODEL_DIR = await folderWith({ 'net.onnx': '' });
    await expect(startClassifier({ MODEL_DIR, BACKEND: 'tfjs-wasm' })).rejects.toThrow(
      `BACKEND=tfjs-wasm needs a model.json, and ${MODEL_DIR} has none: set MODEL_DIR to a folder with one`,
    );
  });

  test('names a file that is no ONNX model', async () => {
    const MODEL_DIR = await folderWith({ 'net.onnx': 'nothing of the sort' });
    await expect(startClassifier({ MODEL_DIR, BACKEND: '' })).rejects.toThrow(
      `${MODEL_DIR}/net.onnx cannot be loaded as an ONNX model`,
    );
  });

  test('names a graph model that is whole but senseless', async () => {
    const MODEL_DIR = await folderWith(tinyGraphModel());
    await expect(startClassifier({ MODEL_DIR, BACKEND: 'tfjs-wasm' })).rejects.toThrow(/model\.json|The model/);
  });

  test.skipIf(modelDir === undefined)('refuses an ONNX model that was cut short (set MODEL_DIR)', async () => {
    const whole = await readFile(join(modelDir ?? '', 'onnx/mobilenet_v2.onnx'));
    const MODEL_DIR = await folderWith({ 'net.onnx': whole.subarray(0, whole.length / 2) });
    await expect(startClassifier({ MODEL_DIR, BACKEND: '' })).rejects.toThrow('cannot be loaded as an ONNX model');
  });

  test.skipIf(modelDir === undefined)('takes the fastest backend by itself (set MODEL_DIR)', async () => {
    const classifier = await startClassifier({ BACKEND: '' });
    expect(classifier.info).toMatchObject({ backend: 'onnx', weights: 'real' });
    await classifier.close();
  });
});
