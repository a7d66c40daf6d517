import { loadClassifier } from './classifier/index.ts';
import { type Config, readConfig } from './config.ts';
import { exitWith } from './exit.ts';
import { resolveModel } from './model/index.ts';

try {
  await prepare(readConfig(process.env));
} catch (error) {
  exitWith(error);
}

/** Gets the model ready once, proves that it loads, and says on one line what replicas will serve and where from. */
async function prepare(config: Config): Promise<void> {
  const resolved = await resolveModel(config, console.error);
  const classifier = await loadClassifier(resolved, { ...config, threads: 1 }, console.error);
  const { weights, backend, model } = classifier.info;
  await classifier.close();
  console.log(JSON.stringify({ weights, modelDir: resolved.modelDir, backend, model }));
}
