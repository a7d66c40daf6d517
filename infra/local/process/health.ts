import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';

/** Path that answers 200 once a service is ready, as OpenFaaS's function images have it. */
export const functionHealthPath = '/_/health';

/** Short beside any start of a process, and cheap: a refused connection. */
const pollEveryMs = 20;

/** A service that took the connection and says nothing is asked again after this time. */
const answerTimeoutMs = 5_000;

export interface Probe {
  /** Of the service, without a slash at its end. */
  url: string;
  path: string;
  /** What the service calls itself, where it does. */
  name: string;
}

/**
 * Resolves when the service is healthy. One that names itself in `x-replica-id` must have the name expected: on a port
 * that another program took meanwhile, somebody else answers.
 *
 * @throws the signal's reason when aborted.
 */
export async function untilHealthy({ url, path, name }: Probe, signal: AbortSignal): Promise<void> {
  const client = new Client(url, { headersTimeout: answerTimeoutMs, bodyTimeout: answerTimeoutMs });
  try {
    while (!(await isHealthy(client, path, name, signal))) await sleep(pollEveryMs, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await client.destroy();
  }
}

async function isHealthy(client: Client, path: string, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await client.request({ path, method: 'GET', signal });
    await answer.body.dump();
    const id = answer.headers['x-replica-id'];
    return answer.statusCode === 200 && (id === undefined || id === name);
  } catch {
    // Not listening yet, or not answering: the caller asks again until the signal says otherwise.
    signal.throwIfAborted();
    return false;
  }
}
