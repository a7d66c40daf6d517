import { randomBytes } from 'node:crypto';
import { GatewayError } from '../gateway-error.ts';
import type { ReplicaLimits, Template } from '../replica/index.ts';
import type { AutoscalerTiming } from '../scaling/index.ts';
import { DeployedFunction } from './deployed-function.ts';
import type { Deployment } from './deployment.ts';
import { scaleLabels } from './scale-labels.ts';

/** How an image is run here: as a command. */
export interface Image {
  command: readonly string[];
  env?: Readonly<Record<string, string>> | undefined;
}

export interface FunctionsOptions {
  namespace: string;
  images: ReadonlyMap<string, Image>;
  /** Environment that every replica has. */
  env: NodeJS.ProcessEnv;
  timing: AutoscalerTiming;
  limits: ReplicaLimits;
  onLog: (line: string) => void;
  /** Told whenever a replica's process came or went. */
  onProcesses: () => void;
}

/** How often the autoscaler looks, in milliseconds; its own periods are multiples of this or longer. */
const tickMs = 100;

/** The deployed functions by name. */
export class Functions {
  readonly #options: FunctionsOptions;
  readonly #functions = new Map<string, DeployedFunction>();
  readonly #removed = new Set<DeployedFunction>();
  readonly #suffix = randomBytes(2).toString('hex');
  readonly #ticker: NodeJS.Timeout;
  #closed = false;

  constructor(options: FunctionsOptions) {
    this.#options = options;
    this.#ticker = setInterval(() => {
      for (const each of this.list()) each.tick(performance.now());
    }, tickMs);
  }

  get namespace(): string {
    return this.#options.namespace;
  }

  list(): DeployedFunction[] {
    return [...this.#functions.values()];
  }

  /** All that may still have processes: removed ones that are ending too. */
  listWithRemoved(): DeployedFunction[] {
    return [...this.#functions.values(), ...this.#removed];
  }

  /** @param name of a function, or NAME.NAMESPACE. */
  find(name: string): DeployedFunction | undefined {
    const suffix = `.${this.#options.namespace}`;
    return this.#functions.get(name.endsWith(suffix) ? name.slice(0, -suffix.length) : name);
  }

  /** @throws GatewayError 404 when there is no such function. */
  get(name: string): DeployedFunction {
    const found = this.find(name);
    if (found === undefined) throw new GatewayError(404, `error finding function ${name}: not found`);
    return found;
  }

  /** @throws GatewayError 400 for an unknown image; 500, as OpenFaaS has it, when the name is taken. */
  deploy(deployment: Deployment): void {
    const { name } = deployment;
    const template = this.#template(deployment);
    if (this.#closed) throw new GatewayError(503, 'the gateway is stopping');
    if (this.#functions.has(name)) throw new GatewayError(500, `function ${name} already exists: update it by PUT`);
    const { timing, limits, onLog, onProcesses } = this.#options;
    const replicas = { name, template, limits, suffix: this.#suffix, onLog, onProcesses };
    this.#functions.set(name, new DeployedFunction(deployment, timing, performance.now(), replicas));
  }

  /** @throws GatewayError 404 when there is no such function, 400 for an unknown image: nothing changes then. */
  update(deployment: Deployment): void {
    const found = this.get(deployment.name);
    found.update(deployment, this.#template(deployment), deployment.labels[scaleLabels.min] !== undefined);
  }

  /** Removes a function at once; its replicas finish what they have accepted. */
  remove(name: string): void {
    const found = this.get(name);
    this.#functions.delete(found.deployment.name);
    void this.#end(found);
  }

  /** Resolves when no replica is left. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#ticker);
    await Promise.all(this.listWithRemoved().map((each) => this.#end(each)));
  }

  async #end(ended: DeployedFunction): Promise<void> {
    this.#removed.add(ended);
    await ended.close();
    this.#removed.delete(ended);
  }

  #template({ image, envVars }: Deployment): Template {
    const known = this.#options.images.get(image);
    if (known === undefined) {
      const names = [...this.#options.images.keys()].join(', ') || 'none';
      throw new GatewayError(400, `image ${image} is not known to this gateway, which runs: ${names}`);
    }
    return { command: known.command, env: { ...this.#options.env, ...known.env, ...envVars } };
  }
}
