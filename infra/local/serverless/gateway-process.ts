import {
  type AutoscalerTiming,
  gatewayMain,
  gatewayMessage,
  type Image,
  PasswordFile,
  type ReplicaLimits,
  type RestoreMessage,
} from '../gateway/index.ts';
import { type Child, runSource, SupervisedService } from '../process/index.ts';
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

/**
 * The gateway in a process of its own, and the processes of its replicas. One that dies is started again on its port with
 * the functions that it had, and as many replicas of each; its old replicas end with it.
 */
export class GatewayProcess {
  readonly user = 'admin';
  readonly api: ApiClient;
  readonly #service: SupervisedService;
  readonly #state: GatewayState;

  private constructor(service: SupervisedService, state: GatewayState) {
    this.#service = service;
    this.#state = state;
    this.api = new ApiClient(service.url, this.user, state.password.password);
  }

  /**
   * Resolves when the gateway listens.
   *
   * @throws Error that names the port when it is in use, or has the gateway's last log lines. Nothing is left then.
   */
  static async start(options: GatewayProcessOptions): Promise<GatewayProcess> {
    const state = new GatewayState(options.limits.stopGraceMs);
    try {
      return new GatewayProcess(await SupervisedService.start(serviceOptions(options, state)), state);
    } catch (error) {
      await state.end();
      throw error;
    }
  }

  /** Without a slash at its end; the same after each start. */
  get url(): string {
    return this.#service.url;
  }

  get password(): string {
    return this.#state.password.password;
  }

  /** Of a file that holds the password until the gateway is stopped. */
  get passwordFile(): string {
    return this.#state.password.path;
  }

  /** How many replicas a function was to have when the gateway last told. */
  desired(name: string): number {
    return this.#state.functions.find(({ deployment }) => deployment['service'] === name)?.replicas ?? 0;
  }

  /** Ends the gateway, which ends its replicas. Resolves when no process of either is left. */
  async stop(): Promise<void> {
    await this.api.close();
    await this.#service.stop();
    await this.#state.end();
  }
}

/** What outlives a gateway's process: its password, what it told of its functions, and replicas that a dead one left. */
class GatewayState {
  readonly password = new PasswordFile();
  functions: RestoreMessage['functions'] = [];
  readonly #graceMs: number;
  #replicaPids: number[] = [];
  #leftovers: Promise<unknown> = Promise.resolve();

  constructor(graceMs: number) {
    this.#graceMs = graceMs;
  }

  readonly onMessage = (message: unknown): void => {
    const told = gatewayMessage.parse(message);
    if (told.kind === 'functions') this.functions = told.functions;
    else if (told.kind === 'replicas') this.#replicaPids = told.pids;
  };

  /** Replicas that the last gateway left are ending by themselves. */
  abandon(): void {
    const left = untilGone(this.#replicaPids, this.#graceMs);
    this.#replicaPids = [];
    this.#leftovers = Promise.all([this.#leftovers, left]);
  }

  async end(): Promise<void> {
    this.abandon();
    await this.#leftovers;
    this.password.remove();
  }
}

function serviceOptions({ images, timing, limits, ...options }: GatewayProcessOptions, state: GatewayState) {
  const { drainTimeoutMs, stopGraceMs } = limits;
  return {
    ...options,
    name: 'gateway',
    command: runSource(gatewayMain),
    healthPath: '/healthz',
    env: {
      ...options.env,
      // By a file, so that neither its environment nor what it starts has it.
      GATEWAY_PASSWORD: undefined,
      GATEWAY_PASSWORD_FILE: state.password.path,
      GATEWAY_FUNCTIONS: 'ipc',
      GATEWAY_IMAGES: JSON.stringify(images),
      GATEWAY_TIMING: JSON.stringify(timing),
      GATEWAY_LIMITS: JSON.stringify(limits),
    },
    // The gateway finishes what it has accepted, then each replica what it has, and then they end.
    stopGraceMs: 2 * (drainTimeoutMs + stopGraceMs),
    onMessage: state.onMessage,
    onChild: (child: Child) => {
      state.abandon();
      child.send({ kind: 'restore', functions: state.functions } satisfies RestoreMessage);
    },
  };
}
