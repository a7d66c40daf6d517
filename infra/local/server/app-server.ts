import { type Part, partOf, readUsage, SupervisedService, type SupervisedServiceOptions } from '../process/index.ts';

/** The `server` architecture: one process of the app, always on. */
export class AppServer {
  readonly #service: SupervisedService;

  private constructor(service: SupervisedService) {
    this.#service = service;
  }

  /**
   * Resolves once the app answers.
   *
   * @throws Error that names the port when it is in use; StartError with the app's last log lines when it ends.
   */
  static async start(options: SupervisedServiceOptions): Promise<AppServer> {
    return new AppServer(await SupervisedService.start(options));
  }

  /** Without a slash at its end; the same after each start. */
  get url(): string {
    return this.#service.url;
  }

  /** Process ids of the app: none while it is down. */
  get pids(): number[] {
    return this.#service.pids;
  }

  /** Not ready while a crashed app is down. */
  replicas(): { ready: number; desired: number } {
    return { ready: this.#service.ready ? 1 : 0, desired: 1 };
  }

  /** @throws Error where this system does not tell. */
  usage(): Part[] {
    const usage = readUsage(this.pids);
    return [partOf({ name: 'classifier', kind: 'replica' }, usage, usage.endedCpuSeconds)];
  }

  /** Resolves when no process is left. */
  stop(): Promise<void> {
    return this.#service.stop();
  }
}
