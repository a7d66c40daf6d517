import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { testEnvironment } from './classifier.ts';

/** A process of the app as an operator would start it. */
export interface AppProcess {
  child: ChildProcess;
  /** What it has written so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves when its output has this; fails when it ends without. */
  says(text: string): Promise<void>;
  /** Where it listens; there once it says so. */
  url(): string;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** Starts a program of the app for one test, and kills it after the test if it is still there. */
export function startApp(
  file: 'main.ts' | 'prepare.ts' | 'dist/main.js',
  env: Record<string, string> = {},
  ipc = false,
): AppProcess {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const loader = path.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, [...loader, path], {
    env: { ...inherited, ...testEnvironment, HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe', ipc ? 'ipc' : 'ignore'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => {
    written.stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    written.stderr += chunk;
  });
  const outputs = [child.stdout, child.stderr].map((output) => (output ? finished(output) : undefined));
  const ended = once(child, 'exit').then(async ([code, signal]) => {
    await Promise.all(outputs);
    return code ?? signal;
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    async says(text) {
      const gone = ended.then((code) => Promise.reject(new Error(`It ended with ${code}:\n${written.stderr}`)));
      while (!`${written.stdout}${written.stderr}`.includes(text)) {
        await Promise.race([once(child.stdout ?? child, 'data'), once(child.stderr ?? child, 'data'), gone]);
      }
      gone.catch(() => {});
    },
    url: () => /http:\S+/.exec(written.stdout)?.[0] ?? '',
    ended,
  };
}
