import { cp, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelDir, startClassifier } from '../test/classifier.ts';
import { folderWith, tinyGraphModel } from '../test/folder.ts';
import { zeroGraphModel } from '../test/graph-model.ts';
import { isNativeThere } from '../test/native.ts';
import { tinyOnnx } from '../test/onnx.ts';

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

  const weights = 'saved-model/variables/variables.data-00000-of-00001';
  test.skipIf(modelDir === undefined || !isNativeThere()).each([
    ['graph', 'saved-model/saved_model.pb'],
    ['weights file', weights],
  ])('refuses a SavedModel whose %s was cut short (set MODEL_DIR; needs tfjs-node)', async (_, file) => {
    const MODEL_DIR = await folderWith();
    await cp(join(modelDir ?? '', 'saved-model'), join(MODEL_DIR, 'saved-model'), { recursive: true });
    await truncate(join(MODEL_DIR, file), 100_000);
    await expect(startClassifier({ MODEL_DIR, BACKEND: '' })).rejects.toThrow('cannot be loaded as a SavedModel');
  });

  test.skipIf(modelDir === undefined)(
    'refuses a graph model whose weights were cut short (set MODEL_DIR)',
    async () => {
      const json = await readFile(join(modelDir ?? '', 'tfjs/model.json'));
      const shard = await readFile(join(modelDir ?? '', 'tfjs/group1-shard1of1.bin'));
      const MODEL_DIR = await folderWith({ 'model.json': json, 'group1-shard1of1.bin': shard.subarray(1) });
      await expect(startClassifier({ MODEL_DIR, BACKEND: 'tfjs-wasm' })).rejects.toThrow(
        `have ${shard.length - 1} bytes; ${shard.length} are wanted`,
      );
    },
  );

  describe('an ONNX model', () => {
    const load = async (net: Buffer) =>
      startClassifier({ MODEL_DIR: await folderWith({ 'net.onnx': net }), BACKEND: 'onnx' });

    test('may be any that takes and gives what it should', async () => {
      const classifier = await load(tinyOnnx());
      expect(classifier.info.backend).toBe('onnx');
      await classifier.close();
    });

    test.each([
      ['takes another shape', tinyOnnx({ input: [1, 3, 224, 224] }), /does not take a float32 \[1, 224, 224, 3\]/],
      ['gives another number of scores', tinyOnnx({ output: [1, 1000] }), /gives 1000 scores; it must give 1001/],
      ['gives scores of another type', tinyOnnx({ type: 'int64' }), /net.onnx does not answer with float32 numbers/],
    ])('that %s is refused', async (_, net, message) => {
      await expect(load(net)).rejects.toThrow(message);
    });
  });

  describe.each([
    ['tfjs-wasm', true],
    ['tfjs-node', isNativeThere()],
  ] as const)('a graph model on %s', (BACKEND, there) => {
    const load = async (files: Record<string, string | Uint8Array>) =>
      startClassifier({ MODEL_DIR: await folderWith(files), BACKEND });

    test.skipIf(!there)('may be any that takes and gives what it should', async () => {
      const classifier = await load(zeroGraphModel());
      expect(classifier.info.backend).toBe(BACKEND);
      await classifier.close();
    });

    test.skipIf(!there).each([
      ['takes another shape', zeroGraphModel({ input: [-1, 96, 96, 3] }), /does not take a float32 \[1, 224, 224, 3\]/],
      ['gives another number of scores', zeroGraphModel({ output: [1, 1000] }), /gives 1000 scores; it must give 1001/],
    ])('that %s is refused', async (_, files, message) => {
      await expect(load(files)).rejects.toThrow(message);
    });
  });

  test.skipIf(modelDir === undefined)('takes the fastest backend by itself (set MODEL_DIR)', async () => {
    const classifier = await startClassifier({ BACKEND: '' });
    expect(classifier.info).toMatchObject({ backend: 'onnx', weights: 'real' });
    await classifier.close();
  });
});
