import { GatewayError } from '../gateway-error.ts';
import type { AutoscalerTiming } from '../scaling/index.ts';
import { DeployedFunction } from './deployed-function.ts';
import { type Deployment, deploymentBody, parseDeployment } from './deployment.ts';
import type { ReplicaKind } from './replicas.ts';

export interface FunctionsOptions {
  namespace: string;
  replicas: ReplicaKind;
  timing: AutoscalerTiming;
  /** Whether the autoscaler acts; it does unless given. */
  autoscales?: () => boolean;
  /** Told after a function was deployed, changed, scaled or removed; within a tick where the function scaled itself. */
  onChange?: () => void;
}

/** What has to be known of a function to have it again. */
export interface FunctionState {
  /** As a client would POST it. */
  deployment: Record<string, unknown>;
  /** How many are wanted. */
  replicas: number;
}

/** How often the autoscaler looks, in milliseconds; its own periods are multiples of this or longer. */
const tickMs = 100;

/** The deployed functions by name. */
export class Functions {
  readonly #options: FunctionsOptions;
  readonly #functions = new Map<string, DeployedFunction>();
  readonly #removed = new Set<DeployedFunction>();
  readonly #ticker: NodeJS.Timeout;
  #closed = false;
  #wanted = '';

  constructor(options: FunctionsOptions) {
    this.#options = options;
    this.#ticker = setInterval(() => {
      const autoscales = options.autoscales?.() ?? true;
      for (const each of this.list()) each.tick(performance.now(), autoscales);
      this.#watchWanted();
    }, tickMs);
  }

  get namespace(): string {
    return this.#options.namespace;
  }

  get orchestration(): string {
    return this.#options.replicas.orchestration;
  }

  list(): DeployedFunction[] {
    return [...this.#functions.values()];
  }

  /** All that may still have replicas: removed ones that are ending too. */
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

  /** @throws GatewayError 400 when it cannot be run; 500, as OpenFaaS has it, when the name is taken. */
  deploy(deployment: Deployment): void {
    this.adopt(deployment).scale(deployment.scale.min);
    this.#changed();
  }

  /** Takes over a function whose replicas are there already, and stay as many as they are. Throws as `deploy` does. */
  adopt(deployment: Deployment): DeployedFunction {
    const { name } = deployment;
    if (this.#closed) throw new GatewayError(503, 'the gateway is stopping');
    if (this.#functions.has(name)) throw new GatewayError(500, `function ${name} already exists: update it by PUT`);
    const { timing, replicas } = this.#options;
    const adopted = new DeployedFunction(deployment, timing, performance.now(), replicas.make(deployment));
    this.#functions.set(name, adopted);
    return adopted;
  }

  /** @throws GatewayError 404 when there is no such function, 400 when it cannot be run: nothing changes then. */
  update(deployment: Deployment): void {
    this.get(deployment.name).update(deployment);
    this.#changed();
  }

  /** Sets a function's replicas by hand. @throws GatewayError 404 when there is no such function. */
  scale(name: string, replicas: number): void {
    this.get(name).scale(replicas);
    this.#changed();
  }

  /** What a gateway that takes the place of this one has to know. */
  state(): FunctionState[] {
    return this.list().map(({ deployment, replicas }) => ({
      deployment: deploymentBody(deployment),
      replicas: replicas.desired,
    }));
  }

  /** Takes the place of another gateway's functions: each with as many replicas. Throws as `deploy` does. */
  restore(states: readonly FunctionState[]): void {
    for (const { deployment, replicas } of states) {
      this.adopt(parseDeployment(deployment, this.namespace)).scale(replicas);
    }
  }

  /** Removes a function at once; its replicas finish what they have accepted. */
  remove(name: string): void {
    const found = this.get(name);
    this.#functions.delete(found.deployment.name);
    this.#removed.add(found);
    void found.remove().finally(() => this.#removed.delete(found));
    this.#changed();
  }

  /** Resolves when no process of a replica is left. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#ticker);
    await Promise.all(this.listWithRemoved().map((each) => each.close()));
  }

  #watchWanted(): void {
    const wanted = this.list().map(({ replicas }) => replicas.desired);
    if (wanted.join() !== this.#wanted) this.#changed();
  }

  #changed(): void {
    this.#wanted = this.list()
      .map(({ replicas }) => replicas.desired)
      .join();
    this.#options.onChange?.();
  }
}
