import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelDir, startClassifier } from '../test/classifier.ts';
import { isNativeThere } from '../test/native.ts';
import { photo, photoClasses, photosDir } from '../test/pictures.ts';
import type { Classifier } from './index.ts';

const native = isNativeThere();
const ways = [
  { name: 'ONNX on onnxruntime-node', backend: 'onnx', folder: 'onnx', there: true },
  { name: 'SavedModel on tfjs-node', backend: 'tfjs-node', folder: 'saved-model', there: native },
  { name: 'graph model on tfjs-node', backend: 'tfjs-node', folder: 'tfjs', there: native },
  { name: 'graph model on tfjs-wasm', backend: 'tfjs-wasm', folder: 'tfjs', there: true },
] as const;

// Needs real weights and photos: set MODEL_DIR and PHOTOS_DIR. tfjs-node: see test/tfjs-node/install.sh.
describe.each(ways)('$name', ({ backend, folder, there }) => {
  describe.skipIf(!there || modelDir === undefined || photosDir === undefined)('with real weights', () => {
    let classifier: Classifier;
    beforeAll(async () => {
      classifier = await startClassifier({ MODEL_DIR: join(modelDir ?? '', folder), BACKEND: backend });
    });
    afterAll(() => classifier.close());

    test('says what it is', () => {
      expect(classifier.info).toMatchObject({ backend, weights: 'real' });
    });

    test.each(Object.entries(photoClasses))('knows %s', async (name, expected) => {
      const { top } = await classifier.classify(await photo(name), 1);
      expect(top).toMatchObject([expected]);
    });
  });
});

describe.each([
  { backend: 'tfjs-node', there: native },
  { backend: 'tfjs-wasm', there: true },
] as const)('synthetic weights on $backend', ({ backend, there }) => {
  test.skipIf(!there)('are named as such', async () => {
    const classifier = await startClassifier({ MODEL_DIR: '', BACKEND: backend });
    expect(classifier.info).toMatchObject({ backend, weights: 'synthetic' });
    await classifier.close();
  });
});

test.skipIf(native)('without tfjs-node the reason is told', async () => {
  await expect(startClassifier({ MODEL_DIR: '', BACKEND: 'tfjs-node' })).rejects.toThrow(
    'tfjs-node, the native TensorFlow backend, is not available',
  );
});
