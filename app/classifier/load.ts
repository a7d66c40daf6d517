import { BackendUnavailable, choices } from '../backend/index.ts';
import { type Config, ConfigError } from '../config.ts';
import type { ResolvedModel } from '../model/index.ts';
import { Classifier } from './classifier.ts';
import { startInference } from './inference.ts';

/**
 * Loads the model on the fastest backend that works here, and warms it.
 * @throws {ConfigError} when the forced backend cannot load any of the formats there are.
 * @throws {ModelError} when the model's files are missing or damaged.
 * @throws {BackendUnavailable} when no backend works here.
 */
export async function loadClassifier(
  { sources }: ResolvedModel,
  { backend, modelName, threads, maxPixels }: Pick<Config, 'backend' | 'modelName' | 'threads' | 'maxPixels'>,
  log: (line: string) => void,
): Promise<Classifier> {
  const candidates = choices(sources, backend);
  const unavailable = new Set<string>();
  for (const choice of candidates) {
    try {
      const pool = await startInference(choice, threads);
      const weights = choice.source.format === 'synthetic' ? 'synthetic' : 'real';
      return new Classifier(pool, { model: modelName, backend: choice.backend, weights }, { threads, maxPixels });
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
  throw candidates.length === 0 ? noChoice(sources, backend) : new BackendUnavailable([...unavailable].join('\n'));
}

function noChoice(sources: ResolvedModel['sources'], backend: Config['backend']): ConfigError {
  const formats = sources.map(({ format }) => format).join(', ');
  return new ConfigError(`BACKEND=${backend} cannot load what there is (${formats})`);
}
