import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { freePort, loopback, SupervisedService, type SupervisedServiceOptions } from '../process/index.ts';
import { routerPath } from './find-router.ts';
import { type RouterConfig, routerConfig } from './router-config.ts';

const untilParentEnds = fileURLToPath(new URL('../process/until-parent-ends.sh', import.meta.url));

const configFile = 'haproxy.cfg';

export interface RouterOptions
  extends Pick<RouterConfig, 'base' | 'inFlight' | 'function'>,
    Omit<SupervisedServiceOptions, 'command' | 'name'> {}

/** HAProxy before the base and the function, in a process of its own that is started again when it ends. */
export class Router {
  readonly #folder: string;
  #config: RouterConfig;
  readonly #process: SupervisedService;

  private constructor(folder: string, config: RouterConfig, process: SupervisedService) {
    this.#folder = folder;
    this.#config = config;
    this.#process = process;
  }

  /** Resolves when it forwards. @throws Error with HAProxy's last lines when it does not start. */
  static async start({ base, inFlight, function: called, ...options }: RouterOptions): Promise<Router> {
    const folder = await mkdtemp(join(tmpdir(), 'faceoff-router-'));
    const sockets = { api: join(folder, 'api'), overflow: join(folder, 'overflow') };
    const config = { base, inFlight, overflow: true, function: called, sockets, metricsPort: await freePort() };
    const file = join(folder, configFile);
    try {
      await writeFile(file, routerConfig(config));
      const command = [untilParentEnds, 'haproxy', '-db', '-f', file];
      const env = { ...options.env, PATH: routerPath(options.env['PATH']) };
      return new Router(folder, config, await SupervisedService.start({ ...options, env, name: 'router', command }));
    } catch (error) {
      await rm(folder, { recursive: true });
      throw error;
    }
  }

  /** Without a slash at its end. */
  get url(): string {
    return this.#process.url;
  }

  get metricsUrl(): string {
    return `http://${loopback}:${this.#config.metricsPort}/metrics`;
  }

  get ready(): boolean {
    return this.#process.ready;
  }

  get pids(): number[] {
    return this.#process.pids;
  }

  /** Whether requests that find the base full go to the function; without it they wait. @throws Error of HAProxy's. */
  overflow(on: boolean): Promise<void> {
    return this.#change({ overflow: on }, [`${on ? 'enable' : 'disable'} server targets/overflow`]);
  }

  /** Lets each server of the base have so many requests at once, from now on. @throws Error of HAProxy's. */
  overflowAt(inFlight: number): Promise<void> {
    const commands = this.#config.base.map(({ name }) => `set maxconn server targets/${name} ${inFlight}`);
    return this.#change({ inFlight }, commands);
  }

  /** Resolves when no process is left; requests under way are finished first. */
  async stop(): Promise<void> {
    await this.#process.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Changes what HAProxy does without a reload, and what it will do when it is started again. */
  async #change(changes: Partial<RouterConfig>, commands: readonly string[]): Promise<void> {
    this.#config = { ...this.#config, ...changes };
    await writeFile(join(this.#folder, configFile), routerConfig(this.#config));
    for (const command of commands) {
      const answer = await text(connect(this.#config.sockets.api).end(`${command}\n`));
      if (answer.trim() !== '') throw new Error(`the router does not take "${command}": ${answer.trim()}`);
    }
  }
}
