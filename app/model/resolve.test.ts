import { describe, expect, test } from 'vitest';
import { folderWith, tinyGraphModel } from '../test/folder.ts';
import { resolveModel, syntheticWarning } from './resolve.ts';

async function offline(settings: { modelDir?: string; backend?: 'onnx' } = {}) {
  const log: string[] = [];
  const resolved = await resolveModel({ cacheDir: await folderWith(), offline: true, ...settings }, (line) =>
    log.push(line),
  );
  return { ...resolved, log };
}

describe('resolveModel', () => {
  test('takes the model that it is given', async () => {
    const modelDir = await folderWith(tinyGraphModel());
    const { sources } = await offline({ modelDir });
    expect(sources).toEqual([{ format: 'graph-model', path: `${modelDir}/model.json` }]);
  });

  test('makes up weights where there is no other way, and says so', async () => {
    const { sources, modelDir, log } = await offline();
    expect(sources).toMatchObject([{ format: 'synthetic' }]);
    expect(modelDir).toBeNull();
    expect(log.at(-1)).toBe('synthetic weights: timings hold, labels do not');
    expect(syntheticWarning).toBe('synthetic weights: timings hold, labels do not');
  });

  test('goes on without an empty model folder', async () => {
    const { sources, log } = await offline({ modelDir: await folderWith() });
    expect(sources).toMatchObject([{ format: 'synthetic' }]);
    expect(log[0]).toMatch(/is empty/);
  });

  test('does not make up weights for a model folder that is wrong', async () => {
    await expect(offline({ modelDir: '/no/such/folder' })).rejects.toThrow('Check MODEL_DIR');
  });

  test('says what the ONNX backend needs', async () => {
    await expect(offline({ backend: 'onnx' })).rejects.toThrow('BACKEND=onnx needs a MODEL_DIR with an .onnx file');
  });
});
