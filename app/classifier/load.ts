import { BackendUnavailable, choices } from '../backend/index.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../config-error.ts';
import type { ResolvedModel } from '../model/index.ts';
import type { Classifier, Limits } from './classifier.ts';
import { startInference } from './inference.ts';

/**
 * Loads the model on the fastest backend that works here, and warms it.
 * @throws {ConfigError} when the forced backend cannot load any of the formats there are.
 * @throws {ModelError} when the model's files are missing or damaged.
 * @throws {BackendUnavailable} when no backend works here.
 */
export async function loadClassifier(
  { sources, modelDir }: ResolvedModel,
  {
    backend,
    modelName,
    inferenceSeconds,
    ...limits
  }: Pick<Config, 'backend' | 'modelName' | 'inferenceSeconds'> & Limits,
  log: (line: string) => void,
): Promise<Classifier> {
  const candidates = choices(sources, backend);
  const unavailable = new Set<string>();
  for (const choice of candidates) {
    try {
      // What decodes pictures is loaded here while the network is loaded on a worker's thread.
      const [pool, { Classifier }] = await Promise.all([
        startInference(choice, { threads: limits.threads, inferenceSeconds }),
        import('./classifier.ts'),
      ]);
      const weights = choice.source.format === 'synthetic' ? 'synthetic' : 'real';
      return new Classifier(pool, { model: modelName, backend: choice.backend, weights }, limits);
    } catch (error) {
      if (!(error instanceof BackendUnavailable)) {
        throw error;
      }
      if (!unavailable.has(error.message)) {
        unavailable.add(error.message);
        log(error.message);
      }
    }
  }
  throw candidates.length === 0 ? noChoice(modelDir, backend) : new BackendUnavailable([...unavailable].join('\n'));
}

function noChoice(modelDir: string | null, backend: Config['backend']): ConfigError {
  const needs = { onnx: 'an .onnx file', 'tfjs-node': 'a saved_model.pb or a model.json', 'tfjs-wasm': 'a model.json' };
  const needed = backend === undefined ? Object.values(needs).join(', ') : needs[backend];
  return new ConfigError(
    `BACKEND=${backend} needs ${needed}, and ${modelDir} has none: set MODEL_DIR to a folder with one, or leave BACKEND unset.`,
  );
}
