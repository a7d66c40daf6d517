import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Classifier, loadClassifier } from '../classifier/index.ts';
import { readConfig } from '../config.ts';
import { resolveModel } from '../model/index.ts';

/** Folder with the real model in all formats; unset, tests that need real weights are skipped. */
export const modelDir = process.env['MODEL_DIR'];

/** Environment of a service that starts anywhere: with the real model where there is one, else with synthetic weights. */
export const testEnvironment = {
  OFFLINE: '1',
  MODEL_CACHE_DIR: join(tmpdir(), 'faceoff-no-such-cache'),
  THREADS: '1',
  ...(modelDir === undefined ? { BACKEND: 'tfjs-wasm' } : { MODEL_DIR: modelDir }),
};

/** Loads a classifier as the service would. */
export async function startClassifier(env: Record<string, string> = {}): Promise<Classifier> {
  const config = readConfig({ ...testEnvironment, ...env });
  const silent = () => {};
  return loadClassifier(await resolveModel(config, silent), config, silent);
}
