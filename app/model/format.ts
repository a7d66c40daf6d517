import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ModelError } from './error.ts';

/** Where a network's weights come from, and in which format they are. */
export type ModelSource =
  /** `path` is the .onnx file. */
  | { format: 'onnx'; path: string }
  /** `path` is the folder that holds saved_model.pb. */
  | { format: 'saved-model'; path: string }
  /** `path` is the TF.js model.json. */
  | { format: 'graph-model'; path: string }
  /** Random weights, the same ones for the same seed. */
  | { format: 'synthetic'; seed: number };

/**
 * Finds the models in a folder: the folder is a model itself, or has a subfolder per format.
 * @returns one source per format; none when the folder is empty, hidden files aside.
 * @throws {ModelError} when the folder cannot be read, or has files but no model.
 */
export async function findModels(modelDir: string): Promise<ModelSource[]> {
  const entries = await list(modelDir);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(modelDir, name));
  const found = (await Promise.all([modelDir, ...folders].map(modelsIn))).flat();
  const onePerFormat = [...new Map(found.reverse().map((source) => [source.format, source])).values()].reverse();
  if (onePerFormat.length === 0 && entries.length > 0) {
    throw new ModelError(
      `MODEL_DIR=${modelDir} holds no model: it, or a subfolder of it, must hold a file.onnx, a saved_model.pb, or a model.json.`,
    );
  }
  return onePerFormat;
}

async function modelsIn(folder: string): Promise<ModelSource[]> {
  const names = (await list(folder)).map(({ name }) => name);
  const onnx = names.filter((name) => name.endsWith('.onnx'));
  if (onnx.length > 1) {
    throw new ModelError(`${folder} holds ${onnx.length} .onnx files (${onnx.join(', ')}): keep the one to serve.`);
  }
  return [
    ...onnx.map((name): ModelSource => ({ format: 'onnx', path: join(folder, name) })),
    ...(names.includes('saved_model.pb') ? [{ format: 'saved-model' as const, path: folder }] : []),
    ...(names.includes('model.json') ? [{ format: 'graph-model' as const, path: join(folder, 'model.json') }] : []),
  ];
}

/** Without waiting: the start of a replica begins with this, and has nothing else to do yet. */
async function list(folder: string) {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new ModelError(`The model folder ${folder} cannot be read. Check MODEL_DIR.`, { cause: error });
  }
}
