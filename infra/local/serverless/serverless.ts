import { setTimeout as sleep } from 'node:timers/promises';
import { scaleLabels } from '../gateway/index.ts';
import type { Part } from '../process/index.ts';
import { type ApiClient, GatewayDown } from './api-client.ts';
import { GatewayProcess, type GatewayProcessOptions } from './gateway-process.ts';

export interface ServerlessOptions extends Omit<GatewayProcessOptions, 'images'> {
  /** How a replica is started. */
  command: readonly string[];
  function: { min: number; max: number; factor: number; idleSeconds: number };
}

/** The name of the function, and of the one image that the gateway knows. */
const functionName = 'classifier';
const imageName = 'faceoff/classifier';

/** How often a change of replicas is looked for, in milliseconds. */
const pollMs = 20;

/** The `serverless` architecture: a gateway and one function, whose replicas are processes of the app. */
export class Serverless {
  readonly gateway: GatewayProcess;
  readonly image = imageName;
  readonly #function: ServerlessOptions['function'];
  readonly #timeoutMs: number;

  private constructor(gateway: GatewayProcess, options: ServerlessOptions) {
    this.gateway = gateway;
    this.#function = options.function;
    this.#timeoutMs = options.startTimeoutMs;
  }

  /** Resolves when the function's first replicas are ready. @throws Error with the last log lines of what failed. */
  static async start(options: ServerlessOptions): Promise<Serverless> {
    const { signal } = options;
    const gateway = await GatewayProcess.start({ ...options, images: { [imageName]: { command: options.command } } });
    const serverless = new Serverless(gateway, options);
    try {
      const labels = labelsOf(options.function);
      await gateway.api.deploy({ service: functionName, image: imageName, labels });
      await serverless.#reached(options.function.min, signal);
      return serverless;
    } catch (error) {
      await gateway.stop();
      throw error;
    }
  }

  /** Where the function is called. */
  get url(): string {
    return `${this.gateway.url}/function/${functionName}`;
  }

  /** None is ready while a crashed gateway is down. */
  async replicas(): Promise<{ ready: number; desired: number }> {
    try {
      const { replicas, availableReplicas } = await this.#api.status(functionName);
      return { ready: availableReplicas, desired: replicas };
    } catch (error) {
      if (!(error instanceof GatewayDown)) throw error;
      return { ready: 0, desired: this.gateway.desired(functionName) };
    }
  }

  /**
   * Resolves when that many replicas are ready, and every other process of the function has ended.
   *
   * @throws Error with the last log lines of a replica that does not start, or when it takes too long.
   */
  async scale(replicas: number): Promise<void> {
    await this.#ask(() => this.#api.scale(functionName, replicas));
    await this.#reached(replicas);
  }

  /**
   * Deploys the function again with its autoscaling factor, or with 0, which is OpenFaaS's way to turn it off. Resolves
   * when the least replicas are ready.
   */
  async autoscale(on: boolean): Promise<void> {
    const labels = labelsOf({ ...this.#function, ...(on ? {} : { factor: 0 }) });
    await this.#ask(() => this.#api.update({ service: functionName, image: imageName, labels }));
    await this.#reached(this.#function.min);
  }

  /** What the gateway and its replicas have used and hold. @throws Error where this system does not tell. */
  usage(): Promise<Part[]> {
    return this.#api.usage();
  }

  /** Resolves when no process is left. */
  stop(): Promise<void> {
    return this.gateway.stop();
  }

  get #api(): ApiClient {
    return this.gateway.api;
  }

  async #reached(wanted: number, signal?: AbortSignal): Promise<void> {
    const deadline = performance.now() + this.#timeoutMs;
    for (;;) {
      signal?.throwIfAborted();
      const { replicas, startErrors } = await this.#ask(() => this.#api.processes(), deadline);
      if (replicas.length === wanted && replicas.every(({ state }) => state === 'ready')) return;
      // An earlier start that failed is no reason not to go to zero.
      if (startErrors[0] !== undefined && wanted > 0) throw new Error(startErrors[0].message);
      if (performance.now() > deadline) {
        const states = replicas.map(({ name, state }) => `${name} is ${state}`).join(', ') || 'there is none';
        throw new Error(`not ${wanted} replicas of ${functionName} after ${this.#timeoutMs / 1000} s: ${states}`);
      }
      await sleep(pollMs);
    }
  }

  /** Asks the gateway, and asks again while it is down. */
  async #ask<T>(question: () => Promise<T>, deadline = performance.now() + this.#timeoutMs): Promise<T> {
    for (;;) {
      try {
        return await question();
      } catch (error) {
        if (!(error instanceof GatewayDown) || performance.now() > deadline) throw error;
        await sleep(pollMs);
      }
    }
  }
}

function labelsOf({ min, max, factor, idleSeconds }: ServerlessOptions['function']): Record<string, string> {
  const counts = { [scaleLabels.min]: min, [scaleLabels.max]: max, [scaleLabels.factor]: factor };
  return {
    ...Object.fromEntries(Object.entries(counts).map(([label, count]) => [label, String(count)])),
    ...(idleSeconds > 0 ? { [scaleLabels.zero]: 'true', [scaleLabels.zeroDuration]: `${idleSeconds}s` } : {}),
  };
}
