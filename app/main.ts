import { type Classifier, loadClassifier } from './classifier/index.ts';
import { type Config, readConfig } from './config.ts';
import { exitWith, ListenError } from './exit.ts';
import { resolveModel, syntheticWarning } from './model/index.ts';
import { createService, type Service } from './service/index.ts';

/** The classifier, once its workers are being started. */
let loading: Promise<Classifier> | undefined;

try {
  await start(readConfig(process.env));
} catch (error) {
  await endWorkers();
  exitWith(error);
}

/** Listens from the start, so that health can be asked, loads the model, and then classifies until told to stop. */
async function start(config: Config): Promise<void> {
  const service = createService(config);
  stopWhenTold(service);
  service.replica.loading();
  const [classifier] = await Promise.all([load(config), listen(service, config)]);
  service.serve(classifier);
  const { model, backend, weights } = classifier.info;
  console.log(`Ready: ${model} on ${backend}, ${weights === 'real' ? 'real weights' : syntheticWarning}.`);
}

async function load(config: Config): Promise<Classifier> {
  const model = await resolveModel(config, console.error);
  loading = loadClassifier(model, config, console.error);
  return loading;
}

async function listen({ app }: Service, { host, port }: Config): Promise<void> {
  try {
    console.log(`Listening on ${await app.listen({ host, port })}`);
  } catch (error) {
    throw new ListenError(host, port, error);
  }
}

/** A native library that is stopped while it loads or works ends the process with a crash, so that is waited for. */
async function endWorkers(): Promise<void> {
  await loading?.then((classifier) => classifier.close()).catch(() => {});
}

/** A signal, or a parent that goes away, lets what was accepted be finished. */
function stopWhenTold(service: Service): void {
  let stopping = false;
  const stop = async () => {
    if (!stopping) {
      stopping = true;
      await service.drain();
      await endWorkers();
      process.exit(0);
    }
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (process.connected) {
    process.once('disconnect', stop);
  } else if (process.send !== undefined) {
    // The parent was gone before anybody could hear of it.
    stop();
  }
}
