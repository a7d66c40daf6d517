import { type Dispatcher, Pool } from 'undici';
import { z } from 'zod';
import { type Part, partSchema } from '../process/index.ts';

/** A function as the gateway tells it; absent counts are zero. */
const functionStatus = z.object({
  replicas: z.number().default(0),
  availableReplicas: z.number().default(0),
});

const processes = z.object({
  gateway: z.object({ pid: z.number() }),
  replicas: z.array(z.object({ name: z.string(), state: z.string(), pid: z.number() })),
  startErrors: z.array(z.object({ function: z.string(), message: z.string() })),
});

const usage = z.object({ parts: z.array(partSchema) });

/** What is asked for a function: what is left out is the gateway's choice. */
interface Asked {
  service: string;
  image: string;
  labels?: Record<string, string>;
  envVars?: Record<string, string>;
}

/** The gateway gave no answer: it is down, or went down meanwhile. */
export class GatewayDown extends Error {
  override name = 'GatewayDown';
}

/** The parts of the gateway's API that its target needs. Each throws GatewayDown without an answer, and Error with the gateway's own words when it refuses. */
export class ApiClient {
  readonly #pool: Pool;
  readonly #authorization: string;

  constructor(url: string, user: string, password: string) {
    this.#pool = new Pool(url, { connections: 2 });
    this.#authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }

  async deploy(deployment: Asked): Promise<void> {
    await this.#send('POST', '/system/functions', deployment);
  }

  /** Changes a function that is there. */
  async update(deployment: Asked): Promise<void> {
    await this.#send('PUT', '/system/functions', deployment);
  }

  async status(name: string): Promise<z.infer<typeof functionStatus>> {
    return functionStatus.parse(JSON.parse(await this.#send('GET', `/system/function/${name}`)));
  }

  async scale(name: string, replicas: number): Promise<void> {
    await this.#send('POST', `/system/scale-function/${name}`, { service: name, replicas });
  }

  async processes(): Promise<z.infer<typeof processes>> {
    return processes.parse(JSON.parse(await this.#send('GET', '/system/local/processes')));
  }

  async usage(): Promise<Part[]> {
    return usage.parse(JSON.parse(await this.#send('GET', '/system/local/usage'))).parts;
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #send(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<string> {
    const { statusCode, text } = await this.#answer({
      method,
      path,
      headers: { authorization: this.#authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (statusCode >= 300) throw new Error(`${method} ${path} on the gateway: ${statusCode} ${text.trim()}`);
    return text;
  }

  async #answer(request: Dispatcher.RequestOptions): Promise<{ statusCode: number; text: string }> {
    try {
      const { statusCode, body } = await this.#pool.request(request);
      return { statusCode, text: await body.text() };
    } catch (error) {
      throw new GatewayDown(`the gateway gives no answer: ${error instanceof Error ? error.message : error}`);
    }
  }
}
