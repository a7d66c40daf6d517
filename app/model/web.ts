import { EnvHttpProxyAgent, fetch, type Response } from 'undici';

/** Fetches as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say, at which Node's own `fetch` does not look. */
export class Web {
  readonly #agent = makeAgent();

  fetch(url: string, signal: AbortSignal): Promise<Response> {
    return fetch(url, { signal, dispatcher: this.#agent });
  }

  /** Closes its connections. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

function makeAgent(): EnvHttpProxyAgent {
  try {
    return new EnvHttpProxyAgent();
  } catch {
    // A proxy's URL may hold a password, so it is not told.
    throw new Error('HTTP_PROXY or HTTPS_PROXY is no URL: set it as http://host:port');
  }
}
