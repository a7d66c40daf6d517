import { lookup } from 'node:dns/promises';
import type { Server as Listener } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { ClientLimits } from './client-limits.ts';
import type { Functions } from './function/index.ts';
import { listenAt } from './other-addresses.ts';

export interface ServeOptions {
  functions: Functions;
  host: string;
  /** 0 takes any free one. */
  port: number;
  password: string;
  clients: ClientLimits;
  /** How long calls that were accepted may take when the gateway ends, in milliseconds. */
  drainTimeoutMs: number;
  /** Told the URL once the gateway answers. */
  onListening: (url: string) => void;
  /** Ends what else the process has open, once no call and no replica needs it. */
  onStopped?: () => Promise<void>;
}

/**
 * The gateway's HTTP side, and its orderly end on SIGTERM, SIGINT or the end of its parent.
 *
 * @throws Error when it cannot listen there.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const { functions, host, port, password, clients, drainTimeoutMs, onListening, onStopped } = options;
  const stopping = new AbortController();
  // Loaded here, so that those who only start a gateway's process do without the libraries of its HTTP side.
  const { buildApp } = await import('./http/index.ts');
  const app = await buildApp({
    functions,
    user: 'admin',
    password,
    isStopping: () => stopping.signal.aborted,
    clients,
    onLog: console.error,
  });

  const others: Listener[] = [];
  const stop = async (): Promise<void> => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    await finishCalls(app, others, drainTimeoutMs);
    await functions.close();
    await onStopped?.();
    app.server.closeAllConnections();
    if (process.connected) process.disconnect();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  // A parent that is gone reads no more of the log; the replicas are still to be ended in order.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);

  const url = await app.listen({ host, port, backlog: clients.maxConnections });
  if (host === 'localhost') {
    const addresses = (await lookup(host, { all: true })).map(({ address }) => address);
    others.push(...(await listenAt(addresses, app.server)));
  }
  onListening(url);
  // The parent may have gone before this process listened for that.
  if (process.send !== undefined && !process.connected) await stop();
}

/** Takes no more calls, and waits for those that were accepted; a connection that is kept alive beyond them is closed. */
async function finishCalls(app: FastifyInstance, others: readonly Listener[], timeoutMs: number): Promise<void> {
  const closed = [app.close(), ...others.map((each) => new Promise((resolve) => each.close(resolve)))];
  const closeIdle = setInterval(() => app.server.closeIdleConnections(), 50);
  await Promise.race([Promise.all(closed), sleep(timeoutMs, undefined, { ref: false })]);
  clearInterval(closeIdle);
}
