import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { testEnvironment } from '../../app/test/classifier.ts';
import type { Photo } from '../../bench/load/index.ts';
import { readUsage } from '../../infra/local/process/index.ts';
import { processMemory } from '../performance/process-memory.ts';

/** The service as a process of its own, of which it is watched whether it lives, and how much memory it takes. */
export interface ServiceProcess {
  url: string;
  port: number;
  pid: number;
  /** Resident set now, in bytes. */
  resident(): number;
  /** The most that has been resident since the process began, in bytes. */
  peak(): number;
  /** CPU time that it has used, in milliseconds. */
  cpu(): number;
  /** How it ended; undefined while it runs. */
  ended(): string | undefined;
  /** What it has written to standard error. */
  stderr(): string;
  stop(): Promise<void>;
}

export interface ServiceCommand {
  env?: Readonly<Record<string, string>>;
  /** The program; `app/main.ts` unless given. */
  program?: readonly string[];
  /** What the program is started by, as `taskset`. */
  launcher?: readonly string[];
}

const source = fileURLToPath(new URL('../../app/main.ts', import.meta.url));

/** Starts the service on a free port, and waits until it is ready. @throws when it ends instead, with what it wrote. */
export async function startServiceProcess({
  env,
  program,
  launcher = [],
}: ServiceCommand = {}): Promise<ServiceProcess> {
  const [command = '', ...args] = [...launcher, ...(program ?? [process.execPath, '--import', 'tsx', source])];
  const child = spawn(command, args, {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      ...testEnvironment,
      HOST: '127.0.0.1',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let ended: string | undefined;
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.once('exit', (code, signal) => {
    ended = signal ?? `exit code ${code}`;
  });
  while (!stdout.includes('Ready')) {
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    if (ended !== undefined) throw new Error(`The service ended while it started, with ${ended}:\n${stderr}`);
  }
  const url = /http:\S+/.exec(stdout)?.[0] ?? '';
  const pid = child.pid ?? 0;
  return {
    url,
    port: Number(new URL(url).port),
    pid,
    resident: () => processMemory(pid, 'VmRSS'),
    peak: () => processMemory(pid, 'VmHWM'),
    cpu: () => 1000 * readUsage([], [pid]).cpuSeconds,
    ended: () => ended,
    stderr: () => stderr,
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const answer = z.object({ top: z.array(z.object({ class: z.number() })).min(1) });

/** The likeliest class of a photo. @throws with the answer's text when it is not 200. */
export async function classOf({ url }: ServiceProcess, { bytes }: Pick<Photo, 'bytes'>): Promise<number> {
  const response = await fetch(url, { method: 'POST', body: new Uint8Array(bytes) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`A good photo is answered ${response.status}: ${text}`);
  return answer.parse(JSON.parse(text)).top[0]?.class ?? -1;
}
