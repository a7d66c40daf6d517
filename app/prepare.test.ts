import { describe, expect, test } from 'vitest';
import { modelDir } from './test/classifier.ts';
import { folderWith } from './test/folder.ts';
import { isNativeThere } from './test/native.ts';
import { startApp } from './test/process.ts';

describe('prepare', () => {
  test.skipIf(modelDir === undefined)('says where the real model is and what runs it (set MODEL_DIR)', async () => {
    const app = startApp('prepare.ts');
    expect(await app.ended).toBe(0);
    expect(JSON.parse(app.stdout())).toEqual({
      weights: 'real',
      modelDir,
      backend: 'onnx',
      model: 'mobilenet_v2_100_224',
    });
  });

  test('says that weights are synthetic', async () => {
    const app = startApp('prepare.ts', { MODEL_DIR: '', BACKEND: 'tfjs-wasm' });
    expect(await app.ended).toBe(0);
    expect(JSON.parse(app.stdout())).toMatchObject({ weights: 'synthetic', modelDir: null, backend: 'tfjs-wasm' });
    expect(app.stderr()).toContain('synthetic weights: timings hold, labels do not');
  });

  test.skipIf(!isNativeThere())('fails well for a SavedModel that tfjs-node cannot load', async () => {
    const MODEL_DIR = await folderWith({ 'saved_model.pb': 'nothing of the sort' });
    const app = startApp('prepare.ts', { MODEL_DIR, BACKEND: 'tfjs-node' });
    expect(await app.ended).toBe(1);
    expect(app.stderr()).toContain(`${MODEL_DIR} cannot be loaded as a SavedModel`);
  });

  test('writes one line', async () => {
    const app = startApp('prepare.ts');
    await app.ended;
    expect(app.stdout()).toMatch(/^.*\n$/);
  });

  test('fails for a model that is not there', async () => {
    const app = startApp('prepare.ts', { MODEL_DIR: '/no/such/folder' });
    expect(await app.ended).toBe(1);
  });
});
