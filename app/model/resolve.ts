import type { Config } from '../config.ts';
import { ConfigError } from '../config-error.ts';
import { ModelError } from './error.ts';
import { findModels, type ModelSource } from './format.ts';

/** A model that can be loaded, in one or more formats. */
export interface ResolvedModel {
  sources: ModelSource[];
  /** The folder that holds it; null when the weights are synthetic. */
  modelDir: string | null;
}

/** What every answer, log and page says when the weights are synthetic. */
export const syntheticWarning = 'synthetic weights: timings hold, labels do not';

const seed = 20_18;

/**
 * Decides where the weights come from: `modelDir` when it holds a model, else the cache, else a download, else random ones.
 * @throws {ConfigError} when the forced backend cannot load what would be downloaded.
 * @throws {ModelError} when `modelDir` is there but no model can be found in it.
 */
export async function resolveModel(
  { modelDir, cacheDir, offline, backend }: Pick<Config, 'modelDir' | 'cacheDir' | 'offline' | 'backend'>,
  log: (line: string) => void,
): Promise<ResolvedModel> {
  if (modelDir !== undefined) {
    const sources = await findModels(modelDir);
    if (sources.length > 0) {
      return { sources, modelDir };
    }
    log(`MODEL_DIR=${modelDir} is empty: going on as if it were unset.`);
  }
  if (backend === 'onnx') {
    throw new ConfigError('BACKEND=onnx needs a MODEL_DIR with an .onnx file: no such file can be downloaded.');
  }
  try {
    const { downloadModel } = await import('./download.ts');
    const downloaded = await downloadModel({ cacheDir, offline });
    return { sources: await findModels(downloaded), modelDir: downloaded };
  } catch (error) {
    if (!(error instanceof ModelError)) {
      throw error;
    }
    log(error.message);
    log(syntheticWarning);
    return { sources: [{ format: 'synthetic', seed }], modelDir: null };
  }
}
