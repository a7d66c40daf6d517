import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a process ended; `error` when it could not be started at all. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  error?: Error;
}

export interface ChildOptions {
  /** Program and arguments. */
  command: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Takes each line of its standard output and standard error. */
  onLine?: (line: string) => void;
  /** Takes each message of its IPC channel. */
  onMessage?: (message: unknown) => void;
}

/** Lines kept to explain an early end. */
const tailLines = 12;

/** How long the last output may lag behind the end of the process, in milliseconds. */
const outputLag = 500;

/**
 * One child process. It has a session of its own, so that a terminal's Ctrl-C reaches only the parent, which ends its
 * children in order; and an IPC channel, whose end tells it that the parent is gone, even by SIGKILL.
 */
export class Child {
  readonly pid: number | undefined;
  /** Resolves when the process has ended. */
  readonly exited: Promise<Exit>;
  #ended = false;
  readonly #process: ChildProcess;
  readonly #tail: string[] = [];
  readonly #outputEnded: Promise<unknown>;

  constructor({ command, env, onLine, onMessage }: ChildOptions) {
    const [program = '', ...args] = command;
    this.#process = spawn(program, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.pid = this.#process.pid;
    this.exited = this.#watch();
    if (onMessage !== undefined) this.#process.on('message', onMessage);
    const read = (stream: Readable | null) => this.#read(stream, onLine);
    this.#outputEnded = Promise.all([read(this.#process.stdout), read(this.#process.stderr)]);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** What it wrote last, for an error message. Complete once the process has ended. */
  async lastLines(): Promise<string> {
    if (this.#ended) await Promise.race([this.#outputEnded, sleep(outputLag, undefined, { ref: false })]);
    return this.#tail.join('\n');
  }

  /** Sends a message over the IPC channel. What a process that is ending no longer takes is lost. */
  send(message: object): void {
    this.#process.send(message, () => undefined);
  }

  /** Asks the process to end (SIGTERM), and makes it when it has not within the grace. */
  async stop(graceMs: number): Promise<void> {
    if (!this.#ended) this.#process.kill('SIGTERM');
    const patience = new AbortController();
    const late = sleep(graceMs, undefined, { signal: patience.signal }).then(
      () => this.kill(),
      () => undefined,
    );
    await this.exited;
    patience.abort();
    await late;
  }

  /** Ends the process and whatever it started in its session, at once. */
  kill(): void {
    if (this.pid === undefined) return;
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // Nothing of it is left, or this system has no process groups.
      if (!this.#ended) this.#process.kill('SIGKILL');
    }
  }

  async #watch(): Promise<Exit> {
    const exit = await new Promise<Exit>((resolve) => {
      this.#process.once('exit', (code, signal) => resolve({ code, signal }));
      this.#process.on('error', (error) => {
        if (this.pid === undefined) resolve({ code: null, signal: null, error });
      });
    });
    this.#ended = true;
    this.kill();
    return exit;
  }

  async #read(stream: Readable | null, onLine: ((line: string) => void) | undefined): Promise<void> {
    if (stream === null) return;
    const lines = createInterface({ input: stream }).on('line', (line) => {
      this.#tail.push(line);
      if (this.#tail.length > tailLines) this.#tail.shift();
      onLine?.(line);
    });
    await once(lines, 'close');
  }
}

/** An exit in words, to follow the name of the process. */
export function describeExit({ code, signal, error }: Exit): string {
  if (error !== undefined) return `could not be started: ${error.message}`;
  return signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
}
