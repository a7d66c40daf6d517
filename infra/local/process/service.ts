import { Child, describeExit, type Exit } from './child.ts';
import { freePort, loopback } from './free-port.ts';
import { functionHealthPath, untilHealthy } from './health.ts';

export interface ServiceOptions {
  /** What it calls itself in the header `x-replica-id`, given to it as REPLICA_ID. */
  name: string;
  /** Serves HTTP on HOST and PORT, and answers a GET of its health path with 200 once it is ready. */
  command: readonly string[];
  /** `/_/health` unless given. */
  healthPath?: string;
  env: NodeJS.ProcessEnv;
  /** A certain port; any free one without it. */
  port?: number;
  startTimeoutMs: number;
  /** Gives up a start that is under way. */
  signal?: AbortSignal;
  /** How long it may take to end when the start is given up, in milliseconds. */
  stopGraceMs: number;
  onLine?: (line: string) => void;
  /** Takes each message of its IPC channel. */
  onMessage?: (message: unknown) => void;
  /** Takes the process as soon as there is one. */
  onChild?: (child: Child) => void;
}

/** An HTTP service in a process of its own, ready to answer. */
export interface Service {
  name: string;
  /** Without a slash at its end. */
  url: string;
  port: number;
  child: Child;
}

/** A service that did not become ready. The message has its last log lines. */
export class StartError extends Error {
  override name = 'StartError';
}

/** Another program can take a port between its choice and its use. */
const portAttempts = 4;

/** As Node.js says it, and as the system does, in HAProxy's words too. */
const portTakenWords = /EADDRINUSE|Address already in use/i;

/**
 * Starts a service and waits until it is healthy.
 *
 * @throws StartError when it ends or stays unhealthy; the signal's reason when the start is given up. Nothing of it is
 * left then.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await startOn(options.port ?? (await freePort()), options);
    if ('child' in outcome) return outcome;
    const portTaken = portTakenWords.test(outcome.text);
    if (!portTaken || options.port !== undefined || attempt === portAttempts) throw new StartError(outcome.text);
  }
}

async function startOn(port: number, options: ServiceOptions): Promise<Service | { text: string }> {
  options.signal?.throwIfAborted();
  const { name, command, onLine, onMessage, healthPath: path = functionHealthPath } = options;
  const env = { ...options.env, HOST: loopback, PORT: String(port), REPLICA_ID: name };
  const child = new Child({ command, env, ...(onLine && { onLine }), ...(onMessage && { onMessage }) });
  options.onChild?.(child);
  const url = `http://${loopback}:${port}`;

  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(new StartTimeout(options.startTimeoutMs)), options.startTimeoutMs);
  const onAbort = () => giveUp.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  void child.exited.then((exit) => giveUp.abort(new EarlyExit(exit)));
  try {
    await untilHealthy({ url, path, name }, giveUp.signal);
    return { name, url, port, child };
  } catch (error) {
    await child.stop(options.stopGraceMs);
    options.signal?.throwIfAborted();
    if (!(error instanceof EarlyExit || error instanceof StartTimeout)) throw error;
    const lines = await child.lastLines();
    return { text: `${name} ${error.message}${lines === '' ? ', and wrote nothing' : `. It wrote last:\n${lines}`}` };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

class EarlyExit extends Error {
  constructor(exit: Exit) {
    super(exit.error === undefined ? `${describeExit(exit)} before it was ready` : describeExit(exit));
  }
}

class StartTimeout extends Error {
  constructor(timeoutMs: number) {
    super(`was not ready within ${timeoutMs / 1000} s`);
  }
}
