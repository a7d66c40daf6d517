import { type Dispatcher, request } from 'undici';
import { testDouble, until } from '../test-double/index.ts';
import { type ClientLimits, defaultClientLimits } from './client-limits.ts';
import { Functions } from './function/index.ts';
import { buildApp } from './http/index.ts';
import { defaultLimits, type Image, processReplicas, type ReplicaLimits } from './replica/index.ts';
import { type AutoscalerTiming, quickTiming } from './scaling/index.ts';

/** Load scales nothing, so that it is the test alone which says how many replicas there are, however long it takes. */
const neverBusy: AutoscalerTiming = { ...quickTiming, threshold: Number.MAX_SAFE_INTEGER };

export interface TestGatewayOptions {
  /** By default load scales nothing. */
  timing?: AutoscalerTiming;
  limits?: Partial<ReplicaLimits>;
  clients?: Partial<ClientLimits>;
  images?: Record<string, Image>;
}

/** For tests: a gateway within the test's process; its replicas are real processes of the test double. */
export class TestGateway {
  readonly functions: Functions;
  readonly url: string;
  readonly log: string[];
  readonly #close: () => Promise<void>;

  private constructor(functions: Functions, url: string, log: string[], close: () => Promise<void>) {
    this.functions = functions;
    this.url = url;
    this.log = log;
    this.#close = close;
  }

  static async start({ timing = neverBusy, limits, clients, images }: TestGatewayOptions = {}): Promise<TestGateway> {
    const log: string[] = [];
    const onLog = (line: string) => log.push(line);
    const replicas = processReplicas({
      images: new Map(Object.entries({ double: { command: testDouble }, ...images })),
      env: process.env,
      limits: { ...defaultLimits, startTimeoutMs: 20_000, drainTimeoutMs: 5_000, stopGraceMs: 3_000, ...limits },
      onLog,
      onProcesses: () => undefined,
    });
    const functions = new Functions({ namespace: 'openfaas-fn', replicas, timing });
    const app = await buildApp({
      functions,
      user: 'admin',
      password: 'secret',
      isStopping: () => false,
      clients: { ...defaultClientLimits, ...clients },
      onLog,
    });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    return new TestGateway(functions, url, log, async () => {
      await functions.close();
      app.server.closeAllConnections();
      await app.close();
    });
  }

  /** A request to `/system/…` as admin. */
  system(method: Dispatcher.HttpMethod, path: string, body?: unknown): Promise<Dispatcher.ResponseData<unknown>> {
    const authorization = `Basic ${Buffer.from('admin:secret').toString('base64')}`;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return request(`${this.url}/system/${path}`, { method, headers: { authorization }, body: text ?? null });
  }

  /** A call of the function `f`. */
  call(path = '', options: Parameters<typeof request>[1] = {}): Promise<Dispatcher.ResponseData<unknown>> {
    return request(`${this.url}/function/f${path}`, options);
  }

  /** Deploys the function `f` and waits for its first replicas. */
  async deploy(deployment: Record<string, unknown> = {}): Promise<void> {
    const answer = await this.system('POST', 'functions', { service: 'f', image: 'double', ...deployment });
    if (answer.statusCode !== 202) throw new Error(await answer.body.text());
    await this.available(this.functions.get('f').replicas.desired);
  }

  /** Waits until `f` has that many ready replicas. */
  available(count: number): Promise<void> {
    return until(() => this.functions.get('f').replicas.available === count);
  }

  close(): Promise<void> {
    return this.#close();
  }
}
