import type { FunctionSpec } from './spec.ts';

export interface GatewayClientOptions {
  /** Without a path. */
  url: string;
  /** Of the user admin. */
  password: string;
  signal: AbortSignal;
}

/** Milliseconds that the gateway may take for one answer. */
const patience = 30_000;

/** The part of the gateway's REST API that deploys functions. Errors say what the gateway answered. */
export class GatewayClient {
  readonly #options: GatewayClientOptions;

  constructor(options: GatewayClientOptions) {
    this.#options = options;
  }

  /** Resolves when the gateway has taken it; its replicas come later. */
  async deploy(spec: FunctionSpec): Promise<void> {
    await this.#ask('POST', '/system/functions', spec, [200, 202]);
  }

  /** As `deploy`. A gateway that refuses the image may take it all the same, and change nothing. */
  async update(spec: FunctionSpec): Promise<void> {
    await this.#ask('PUT', '/system/functions', spec, [200, 202]);
  }

  /** Whether there was one. */
  async remove(functionName: string, namespace: string): Promise<boolean> {
    const path = `/system/functions?namespace=${encodeURIComponent(namespace)}`;
    const { status } = await this.#ask('DELETE', path, { functionName, namespace }, [200, 202, 404]);
    return status !== 404;
  }

  /** Whether there is one. */
  async has(name: string, namespace: string): Promise<boolean> {
    const path = `/system/function/${encodeURIComponent(name)}?namespace=${encodeURIComponent(namespace)}`;
    const { status } = await this.#ask('GET', path, undefined, [200, 404]);
    return status === 200;
  }

  async #ask(method: string, path: string, body: unknown, allowed: readonly number[]) {
    const { status, text } = await this.#send(method, path, body);
    if (allowed.includes(status)) return { status, text };
    throw new Error(
      `the gateway answered ${method} ${path} with ${status}: ${text.trim().slice(0, 500) || 'no reason given'}`,
    );
  }

  async #send(method: string, path: string, body: unknown) {
    const { url, password, signal } = this.#options;
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      signal.throwIfAborted();
      throw new Error(`the gateway did not answer ${method} ${path}: ${reasonOf(error)}`, { cause: error });
    }
  }
}

/** What is behind the "fetch failed" that fetch tells. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
