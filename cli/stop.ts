import { constants } from 'node:os';

/**
 * A signal that aborts at the first Ctrl-C or SIGTERM, so that what runs can end in order. A second one leaves at once;
 * child processes then end by themselves, since each watches its parent.
 */
export function stopOnSignals(message: string): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(128 + constants.signals[name]);
      process.exitCode = 128 + constants.signals[name];
      console.error(`\n${message}`);
      stop.abort();
    });
  }
  return stop.signal;
}
