import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff } from './backoff.ts';
import { type Child, describeExit } from './child.ts';
import { checkPort, loopback } from './free-port.ts';
import { type Service, startService } from './service.ts';

export interface SupervisedServiceOptions {
  /** What logs, and `x-replica-id`, call it. */
  name: string;
  /** Serves HTTP on HOST and PORT, and answers a GET of its health path with 200 once it is ready. */
  command: readonly string[];
  /** `/_/health` unless given. */
  healthPath?: string;
  env: NodeJS.ProcessEnv;
  /** 0 is any free one. */
  port: number;
  startTimeoutMs: number;
  stopGraceMs: number;
  /** Ends the start when it is under way. */
  signal: AbortSignal;
  onLog: (line: string) => void;
  /** Takes each process as soon as there is one. */
  onChild?: (child: Child) => void;
  /** Takes each message of a process's IPC channel. */
  onMessage?: (message: unknown) => void;
}

/** One process that serves HTTP, always on, on one port; a crashed one is started again. */
export class SupervisedService {
  readonly #options: SupervisedServiceOptions;
  readonly #stopping = new AbortController();
  // Made once: one who listens only after a start hears nothing of a stop that came in the start's last moment.
  readonly #stopped = new Promise<undefined>((resolve) =>
    this.#stopping.signal.addEventListener('abort', () => resolve(undefined)),
  );
  readonly #backoff = new Backoff();
  #supervision: Promise<void> = Promise.resolve();
  #starts = 0;
  #port: number | undefined;
  #child: Child | undefined;
  #service: Service | undefined;

  private constructor(options: SupervisedServiceOptions) {
    this.#options = options;
    this.#port = options.port === 0 ? undefined : options.port;
  }

  /**
   * Resolves once it answers.
   *
   * @throws Error that names the port when it is in use; StartError with its last log lines when it ends.
   */
  static async start(options: SupervisedServiceOptions): Promise<SupervisedService> {
    if (options.port !== 0) await checkPort(options.port);
    const service = new SupervisedService(options);
    service.#supervision = service.#supervise(await service.#startOnce(options.signal));
    return service;
  }

  /** Without a slash at its end; the same after each start. */
  get url(): string {
    return `http://${loopback}:${this.#port}`;
  }

  get ready(): boolean {
    return this.#service !== undefined;
  }

  /** Its process ids: none while it is down. */
  get pids(): number[] {
    return this.#child?.pid === undefined || this.#child.ended ? [] : [this.#child.pid];
  }

  /** Resolves when no process is left. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#supervision;
  }

  async #startOnce(signal: AbortSignal): Promise<Service> {
    const { name, command, healthPath, env, startTimeoutMs, stopGraceMs, onLog, onChild, onMessage } = this.#options;
    this.#starts += 1;
    this.#service = await startService({
      name: `${name}-${this.#starts}-${process.pid}`,
      command,
      ...(healthPath !== undefined && { healthPath }),
      ...(onMessage && { onMessage }),
      env,
      ...(this.#port === undefined ? {} : { port: this.#port }),
      startTimeoutMs,
      stopGraceMs,
      signal,
      onLine: (line) => onLog(`[${name}] ${line}`),
      onChild: (child) => {
        this.#child = child;
        onChild?.(child);
      },
    });
    this.#port = this.#service.port;
    return this.#service;
  }

  async #supervise(first: Service): Promise<void> {
    for (let service: Service | undefined = first; service !== undefined; ) {
      const { child } = service;
      const readyAt = performance.now();
      const exit = await Promise.race([child.exited, this.#stopped]);
      this.#service = undefined;
      if (exit === undefined) return child.stop(this.#options.stopGraceMs);
      this.#options.onLog(`${this.#options.name}: its process ${describeExit(exit)}; it is started again`);
      service = await this.#startAgain(performance.now() - readyAt);
    }
  }

  /** @returns undefined when it is stopped meanwhile. */
  async #startAgain(livedMs: number): Promise<Service | undefined> {
    const { signal } = this.#stopping;
    for (let delay = this.#backoff.after(livedMs); !signal.aborted; delay = this.#backoff.after(0)) {
      await sleep(delay, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) break;
      try {
        return await this.#startOnce(signal);
      } catch (error) {
        if (!signal.aborted)
          this.#options.onLog(`${this.#options.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return undefined;
  }
}
