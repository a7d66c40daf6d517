import { once } from 'node:events';
import { readConfig } from './config.ts';
import { type FunctionState, Functions } from './function/index.ts';
import { type GatewayMessage, restoreMessage } from './message.ts';
import { PasswordFile } from './password-file.ts';
import { processReplicas } from './replica/index.ts';
import { serve } from './serve.ts';

/** The local gateway's process: configuration, HTTP, and replicas that are processes too. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const { host, port, namespace, images, timing, limits, clients } = config;
  const password = config.password ?? makePassword();
  const replicas = processReplicas({
    images,
    env: replicaEnvironment(process.env),
    limits,
    onLog: (line) => console.log(line),
    onProcesses: () => tell({ kind: 'replicas', pids: replicaPids(functions) }),
  });
  const onChange = () => tell({ kind: 'functions', functions: functions.state() });
  const functions = new Functions({ namespace, replicas, timing, onChange });
  if (config.restores) functions.restore(await firstFunctions());
  const { drainTimeoutMs } = limits;
  await serve({
    functions,
    host,
    port,
    password,
    clients,
    drainTimeoutMs,
    onListening: (url) => announce(url, images),
  });
}

/** The functions that there are from the start, as the parent tells them. */
async function firstFunctions(): Promise<FunctionState[]> {
  if (!process.connected) throw new Error('GATEWAY_FUNCTIONS=ipc needs a parent with an IPC channel: leave it unset');
  const [message] = await Promise.race([once(process, 'message'), once(process, 'disconnect')]);
  return message === undefined ? [] : restoreMessage.parse(message).functions;
}

/** A password that only who may read its file gets to know: a log has other readers. */
function makePassword(): string {
  const { password, path } = new PasswordFile();
  console.log(`gateway: the password of admin is in ${path}`);
  return password;
}

function announce(address: string, images: ReadonlyMap<string, unknown>): void {
  tell({ kind: 'listening', url: address });
  const names = [...images.keys()].join(', ') || 'none';
  console.log(`gateway: process ${process.pid} listening on ${address}; images: ${names}`);
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
