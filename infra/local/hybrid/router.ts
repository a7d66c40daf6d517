import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { routerConfig } from '../../router/index.ts';
import { freePort, loopback, SupervisedService, type SupervisedServiceOptions } from '../process/index.ts';
import { routerPath } from './find-router.ts';

const untilParentEnds = fileURLToPath(new URL('../process/until-parent-ends.sh', import.meta.url));

const configFile = 'haproxy.cfg';

export interface RouterOptions extends Omit<SupervisedServiceOptions, 'command' | 'name'> {
  /** Always on, in the order in which they are filled, with their ports. */
  base: readonly { name: string; port: number }[];
  /** Requests that a server of the base may have at once. */
  inFlight: number;
  /** Where the function is called through a gateway: its port and a path. */
  function: { port: number; path: string };
}

/** What the router does now, and where it is found. */
interface Setting extends Pick<RouterOptions, 'base' | 'inFlight' | 'function'> {
  overflow: boolean;
  metricsPort: number;
  /** Paths of Unix sockets: HAProxy's runtime API, and its own way from the base to the function. */
  sockets: { api: string; overflow: string };
}

/** HAProxy before the base and the function, in a process of its own that is started again when it ends. */
export class Router {
  readonly #folder: string;
  #setting: Setting;
  readonly #process: SupervisedService;

  private constructor(folder: string, setting: Setting, process: SupervisedService) {
    this.#folder = folder;
    this.#setting = setting;
    this.#process = process;
  }

  /** Resolves when it forwards. @throws Error with HAProxy's last lines when it does not start. */
  static async start({ base, inFlight, function: called, ...options }: RouterOptions): Promise<Router> {
    const folder = await mkdtemp(join(tmpdir(), 'faceoff-router-'));
    const sockets = { api: join(folder, 'api'), overflow: join(folder, 'overflow') };
    const setting = { base, inFlight, overflow: true, function: called, sockets, metricsPort: await freePort() };
    const file = join(folder, configFile);
    try {
      await writeFile(file, configOf(setting));
      const command = [untilParentEnds, 'haproxy', '-db', '-f', file];
      const env = { ...options.env, PATH: routerPath(options.env['PATH']) };
      return new Router(folder, setting, await SupervisedService.start({ ...options, env, name: 'router', command }));
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
    return `http://${loopback}:${this.#setting.metricsPort}/metrics`;
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
    const commands = this.#setting.base.map(({ name }) => `set maxconn server targets/${name} ${inFlight}`);
    return this.#change({ inFlight }, commands);
  }

  /** Resolves when no process is left; requests under way are finished first. */
  async stop(): Promise<void> {
    await this.#process.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Changes what HAProxy does without a reload, and what it will do when it is started again. */
  async #change(changes: Partial<Setting>, commands: readonly string[]): Promise<void> {
    this.#setting = { ...this.#setting, ...changes };
    await writeFile(join(this.#folder, configFile), configOf(this.#setting));
    for (const command of commands) {
      const answer = await text(connect(this.#setting.sockets.api).end(`${command}\n`));
      if (answer.trim() !== '') throw new Error(`the router does not take "${command}": ${answer.trim()}`);
    }
  }
}

function configOf({ base, inFlight, overflow, function: called, metricsPort, sockets }: Setting): string {
  return routerConfig({
    global: [`stats socket ${sockets.api} mode 600 level admin`, 'hard-stop-after 60s'],
    base: base.map(({ name, port }) => ({ name, address: `${loopback}:${port}` })),
    inFlight,
    overflow: overflow ? 'enabled' : 'disabled',
    function: { address: `${loopback}:${called.port}`, path: called.path },
    metricsAddress: `${loopback}:${metricsPort}`,
    overflowSocket: sockets.overflow,
  });
}
