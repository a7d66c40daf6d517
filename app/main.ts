import { setTimeout as sleep } from 'node:timers/promises';
import { type Classifier, loadClassifier } from './classifier/index.ts';
import { type Config, readConfig } from './config.ts';
import { exitWith, ListenError } from './exit.ts';
import { resolveModel, syntheticWarning } from './model/index.ts';
import type { Service } from './service/index.ts';

/** Workers have this long to end once nothing is left to do, in milliseconds. */
const endMs = 5000;

/** The classifier, once its workers are being started. */
let loading: Promise<Classifier> | undefined;

try {
  await start(readConfig(process.env));
} catch (error) {
  await endWorkers();
  exitWith(error);
}

/** Loads the model, listens meanwhile, so that health can be asked, and then classifies until told to stop. */
async function start(config: Config): Promise<void> {
  const since = Date.now();
  const [classifier, service] = await Promise.all([load(config), listen(config, since)]);
  service.serve(classifier);
  const { model, backend, weights } = classifier.info;
  console.log(`Ready: ${model} on ${backend}, ${weights === 'real' ? 'real weights' : syntheticWarning}.`);
}

async function load(config: Config): Promise<Classifier> {
  const model = await resolveModel(config, console.error);
  loading = loadClassifier(model, config, console.error);
  return loading;
}

/** @param since when the model began to be loaded. */
async function listen(config: Config, since: number): Promise<Service> {
  // Not at the top: the network is loaded on another thread while what answers requests is imported on this one.
  const { createService } = await import('./service/index.ts');
  const service = createService(config);
  service.replica.loading(since);
  stopWhenTold(service);
  const { host, port, maxConnections } = config;
  try {
    // A client that the system has no room for until it is accepted would take itself for connected, and be cut off later.
    console.log(`Listening on ${await service.app.listen({ host, port, backlog: maxConnections })}`);
  } catch (error) {
    throw new ListenError(host, port, error);
  }
  return service;
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
      const ended = await Promise.race([endWorkers().then(() => true), sleep(endMs, false)]);
      if (!ended) {
        console.error(`A worker has not ended in ${endMs / 1000} s: the process kills itself.`);
        // To exit is to wait for that thread, and native code cannot be stopped.
        process.kill(process.pid, 'SIGKILL');
      }
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
