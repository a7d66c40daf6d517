import {
  type AutoscalerTiming,
  gatewayMain,
  gatewayMessage,
  type Image,
  PasswordFile,
  type ReplicaLimits,
} from '../gateway/index.ts';
import { Child, checkPort, describeExit, loopback, runSource } from '../process/index.ts';
import { ApiClient } from './api-client.ts';
import { untilGone } from './leftovers.ts';

export interface GatewayProcessOptions {
  /** 0 is any free one. */
  port: number;
  images: Readonly<Record<string, Image>>;
  /** Of the gateway and of every replica. */
  env: NodeJS.ProcessEnv;
  timing: AutoscalerTiming;
  limits: ReplicaLimits;
  startTimeoutMs: number;
  /** Ends the start when it is under way. */
  signal: AbortSignal;
  onLog: (line: string) => void;
}

/** The gateway in a process of its own, and the processes of its replicas. */
export class GatewayProcess {
  readonly user = 'admin';
  readonly #password = new PasswordFile();
  readonly #limits: ReplicaLimits;
  readonly #child: Child;
  readonly #listening: Promise<string>;
  #url = '';
  #api: ApiClient | undefined;
  #replicaPids: number[] = [];

  private constructor({ port, images, env, timing, limits, onLog }: GatewayProcessOptions) {
    this.#limits = limits;
    let heard: (url: string) => void = () => undefined;
    this.#listening = new Promise((resolve) => {
      heard = resolve;
    });
    this.#child = new Child({
      command: runSource(gatewayMain),
      env: {
        ...env,
        HOST: loopback,
        PORT: String(port),
        // By a file, so that neither its environment nor what it starts has it.
        GATEWAY_PASSWORD: undefined,
        GATEWAY_PASSWORD_FILE: this.#password.path,
        GATEWAY_IMAGES: JSON.stringify(images),
        GATEWAY_TIMING: JSON.stringify(timing),
        GATEWAY_LIMITS: JSON.stringify(limits),
      },
      onLine: onLog,
      onMessage: (message) => {
        const told = gatewayMessage.parse(message);
        if (told.kind === 'listening') heard(told.url);
        else this.#replicaPids = told.pids;
      },
    });
  }

  /**
   * Resolves when the gateway listens.
   *
   * @throws Error that names the port when it is in use, or has the gateway's last log lines. Nothing is left then.
   */
  static async start(options: GatewayProcessOptions): Promise<GatewayProcess> {
    if (options.port !== 0) await checkPort(options.port);
    options.signal.throwIfAborted();
    const gateway = new GatewayProcess(options);
    try {
      await gateway.#listen(options);
      return gateway;
    } catch (error) {
      await gateway.stop();
      throw error;
    }
  }

  /** Without a slash at its end. */
  get url(): string {
    return this.#url;
  }

  get password(): string {
    return this.#password.password;
  }

  /** Of a file that holds the password until the gateway is stopped. */
  get passwordFile(): string {
    return this.#password.path;
  }

  get api(): ApiClient {
    if (this.#api === undefined) throw new Error('the gateway does not listen');
    return this.#api;
  }

  /** Ends the gateway, which ends its replicas. Resolves when no process of either is left. */
  async stop(): Promise<void> {
    const { drainTimeoutMs, stopGraceMs } = this.#limits;
    await this.#api?.close();
    // The gateway finishes what it has accepted, then each replica what it has, and then they end.
    await this.#child.stop(2 * (drainTimeoutMs + stopGraceMs));
    await untilGone(this.#replicaPids, stopGraceMs);
    this.#password.remove();
  }

  async #listen({ signal, startTimeoutMs }: GatewayProcessOptions): Promise<void> {
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(`does not listen after ${startTimeoutMs / 1000} s`), startTimeoutMs);
    const onAbort = () => end.abort('');
    signal.addEventListener('abort', onAbort);
    void this.#child.exited.then((exit) => end.abort(describeExit(exit)));
    const ended = new Promise<undefined>((resolve) => end.signal.addEventListener('abort', () => resolve(undefined)));
    const url = await Promise.race([this.#listening, ended]);
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    signal.throwIfAborted();
    if (url === undefined) {
      throw new Error(`the gateway ${end.signal.reason}. It wrote last:\n${await this.#child.lastLines()}`);
    }
    this.#url = url;
    this.#api = new ApiClient(url, this.user, this.password);
  }
}
