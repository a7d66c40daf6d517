import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('..', import.meta.url));

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the `faceoff` command as a user would, in a process group of its own as a terminal gives it. */
export function startFaceoff(args: readonly string[], env: Record<string, string> = {}): Started {
  return startNode(['faceoff.js', ...args], env);
}

/** Starts a program in TypeScript, as an npm script does. */
export function startScript(path: string, args: readonly string[], env: Record<string, string> = {}): Started {
  return startNode(['--import', 'tsx', path, ...args], env);
}

/** Runs a program in TypeScript, as an npm script does. */
export function runScript(
  path: string,
  env: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<Finished> {
  return startScript(path, args, env).finished;
}

export interface Started {
  child: ChildProcess;
  /** What it has written so far. */
  output: () => string;
  finished: Promise<Finished>;
}

function startNode(args: readonly string[], env: Record<string, string>): Started {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, output: () => stdout + stderr, finished };
}

/** Sends a signal to the whole group, as Ctrl-C in a terminal does. */
export function interrupt(child: ChildProcess): void {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
}

/** Command lines of all processes whose environment or arguments hold a text; Linux alone. */
export async function processesWith(text: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['axeww', '-o', 'pid=,args='], { maxBuffer: 64 << 20 });
  return stdout.split('\n').filter((line) => line.includes(text) && !line.includes('ps axeww'));
}
