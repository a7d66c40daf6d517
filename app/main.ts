import { loadClassifier } from './classifier/index.ts';
import { type Config, readConfig } from './config.ts';
import { exitWith, ListenError } from './exit.ts';
import { resolveModel, syntheticWarning } from './model/index.ts';
import { createService, type Service } from './service/index.ts';

try {
  await start(readConfig(process.env));
} catch (error) {
  exitWith(error);
}

/** Listens from the start, so that health can be asked, loads the model, and then classifies until told to stop. */
async function start(config: Config): Promise<void> {
  const service = createService(config);
  stopWhenTold(service);
  service.replica.loading();
  const [classifier] = await Promise.all([
    resolveModel(config, console.error).then((model) => loadClassifier(model, config, console.error)),
    listen(service, config),
  ]);
  service.serve(classifier);
  const { model, backend, weights } = classifier.info;
  console.log(`Ready: ${model} on ${backend}, ${weights === 'real' ? 'real weights' : syntheticWarning}.`);
}

async function listen({ app }: Service, { host, port }: Config): Promise<void> {
  try {
    console.log(`Listening on ${await app.listen({ host, port })}`);
  } catch (error) {
    throw new ListenError(host, port, error);
  }
}

/** A signal, or a parent that goes away, lets what was accepted be finished. */
function stopWhenTold(service: Service): void {
  let stopping = false;
  const stop = async () => {
    if (!stopping) {
      stopping = true;
      await service.drain();
      process.exit(0);
    }
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (process.connected) {
    process.once('disconnect', stop);
  }
}
