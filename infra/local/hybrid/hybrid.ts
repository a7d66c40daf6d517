import { type Part, partOf, readUsage } from '../process/index.ts';
import { AppServer } from '../server/index.ts';
import { Serverless, type ServerlessOptions } from '../serverless/index.ts';
import { Router } from './router.ts';

export interface HybridOptions extends ServerlessOptions {
  /** Servers that are always on. */
  base: number;
  /** Requests that each of them may have at once; what comes beyond that goes to the function. */
  inFlight: number;
}

/** The `hybrid` architecture: servers for the steady load, and a function, at zero otherwise, for what is too much. */
export class Hybrid {
  readonly base: readonly AppServer[];
  readonly serverless: Serverless;
  readonly router: Router;

  private constructor(base: readonly AppServer[], serverless: Serverless, router: Router) {
    this.base = base;
    this.serverless = serverless;
    this.router = router;
  }

  /** Resolves when the base answers through the router. @throws Error that says what failed. Nothing is left then. */
  static async start({ base: count, inFlight, port, ...options }: HybridOptions): Promise<Hybrid> {
    const { stopGraceMs } = options.limits;
    const base = Array.from({ length: count }, (_, index) =>
      AppServer.start({ ...options, port: 0, stopGraceMs, name: `base-${index + 1}` }),
    );
    const serverless = Serverless.start({ ...options, port: 0 });
    try {
      // At once: a failure of one, while another is waited for, would be nobody's and end this process.
      const [servers, behind] = await Promise.all([Promise.all(base), serverless]);
      await behind.scale(0);
      const { port: gatewayPort, pathname } = new URL(behind.url);
      const router = await Router.start({
        ...options,
        port,
        stopGraceMs,
        base: servers.map((server, index) => ({ name: `base-${index + 1}`, port: Number(new URL(server.url).port) })),
        inFlight,
        function: { port: Number(gatewayPort), path: pathname },
      });
      return new Hybrid(servers, behind, router);
    } catch (error) {
      const started = await Promise.allSettled([...base, serverless]);
      await Promise.all(started.map((part) => (part.status === 'fulfilled' ? part.value.stop() : undefined)));
      throw error;
    }
  }

  get url(): string {
    return `${this.router.url}/`;
  }

  /** Servers of the base and replicas of the function together. */
  async replicas(): Promise<{ ready: number; desired: number }> {
    const { ready, desired } = await this.serverless.replicas();
    const base = this.base.filter((server) => server.replicas().ready > 0).length;
    return { ready: base + ready, desired: this.base.length + desired };
  }

  /** Lets each server of the base have so many requests at once, from now on. */
  overflowAt(inFlight: number): Promise<void> {
    return this.router.overflowAt(inFlight);
  }

  /** With it off, the base alone answers. */
  async autoscale(on: boolean): Promise<void> {
    await this.router.overflow(on);
    await this.serverless.autoscale(on);
    await this.serverless.scale(0);
  }

  /** @throws Error where this system does not tell. */
  async usage(): Promise<Part[]> {
    const own = [
      { name: 'base', kind: 'replica', pids: this.base.flatMap(({ pids }) => pids) },
      { name: 'router', kind: 'fixed', pids: this.router.pids },
    ] as const;
    const parts = own.map(({ pids, ...part }) => {
      const usage = readUsage(pids);
      return partOf(part, usage, usage.endedCpuSeconds);
    });
    return [...parts, ...(await this.serverless.usage())];
  }

  /** Resolves when no process is left. The router finishes first what it has let in. */
  async stop(): Promise<void> {
    await this.router.stop();
    await Promise.all([...this.base, this.serverless].map((part) => part.stop()));
  }
}
