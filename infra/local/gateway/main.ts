import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { type Config, readConfig } from './config.ts';
import { Functions } from './function/index.ts';
import { buildApp } from './http/index.ts';
import type { GatewayMessage } from './message.ts';

/** The gateway's process: configuration, HTTP, and an orderly end on SIGTERM, SIGINT or the end of its parent. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const stopping = new AbortController();
  const functions = new Functions({
    namespace: config.namespace,
    images: config.images,
    env: replicaEnvironment(process.env),
    timing: config.timing,
    limits: config.limits,
    onLog: (line) => console.log(line),
    onProcesses: () => tell({ kind: 'replicas', pids: replicaPids(functions) }),
  });
  const app = await buildApp({
    functions,
    user: 'admin',
    password: config.password,
    isStopping: () => stopping.signal.aborted,
  });

  const stop = async (): Promise<void> => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    await finishCalls(app, config.limits.drainTimeoutMs);
    await functions.close();
    app.server.closeAllConnections();
    if (process.connected) process.disconnect();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  // A parent that is gone reads no more of the log; the replicas are still to be ended in order.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);

  const address = await app.listen({ host: config.host, port: config.port });
  announce(address, config);
  // The parent may have gone before this process listened for that.
  if (process.send !== undefined && !process.connected) await stop();
}

/** Takes no more calls, and waits for those that were accepted; a connection that is kept alive beyond them is closed. */
async function finishCalls(app: FastifyInstance, timeoutMs: number): Promise<void> {
  const closeIdle = setInterval(() => app.server.closeIdleConnections(), 50);
  await Promise.race([app.close(), sleep(timeoutMs, undefined, { ref: false })]);
  clearInterval(closeIdle);
}

function announce(address: string, config: Config): void {
  tell({ kind: 'listening', url: address });
  console.log(
    `gateway: process ${process.pid} listening on ${address}; images: ${[...config.images.keys()].join(', ') || 'none'}`,
  );
  if (config.passwordGenerated) console.log(`gateway: the password of admin is ${config.password}`);
}

/** The environment that replicas get of the gateway's own, which holds its password. */
function replicaEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('GATEWAY_')));
}

function replicaPids(functions: Functions): number[] {
  return functions.listWithRemoved().flatMap(({ replicas }) => replicas.processes.map(({ pid }) => pid));
}

function tell(message: GatewayMessage): void {
  if (process.connected) process.send?.(message, () => undefined);
}

main().catch((error: NodeJS.ErrnoException) => {
  const inUse = error.code === 'EADDRINUSE' ? ': set PORT to another one' : '';
  console.error(`gateway: ${error.message}${inUse}`);
  process.exit(1);
});
