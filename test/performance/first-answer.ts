import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { Child, freePort, loopback } from '../../infra/local/process/index.ts';
import { checkAnswer, type KnownPhoto } from './photos.ts';

/** How often a process is asked whether it is ready, in milliseconds. */
const pollMs = 5;

/** A service that can be started. */
export interface Starter {
  name: string;
  command: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** When each part of a start was over, in the order of time; epoch milliseconds. */
type Moments = [part: string, at: number][];

const now = (): number => performance.timeOrigin + performance.now();

/**
 * Starts a service, asks it for one photo, and stops it.
 *
 * @returns milliseconds of each part, which add up to the whole.
 * @throws Error when the service ends, or its answer is not the right one: the time to a wrong answer would mean nothing.
 */
export async function start({ name, command, env }: Starter, photo: KnownPhoto): Promise<Map<string, number>> {
  const port = await freePort();
  const begun = now();
  const child = new Child({ command, env: { ...env, HOST: loopback, PORT: String(port) } });
  const client = new Client(`http://${loopback}:${port}`);
  try {
    while (!(await isReady(client))) {
      if (child.ended) throw new Error(`${command.join(' ')} ended:\n${await child.lastLines()}`);
      await sleep(pollMs);
    }
    const ready = now();
    const { statusCode, headers, body } = await client.request({ method: 'POST', path: '/', body: photo.bytes });
    const text = await body.text();
    const answered = now();
    checkAnswer(name, photo, statusCode, text);
    const moments: Moments = [...(told(headers) ?? [['ready', ready]]), ['first answer', answered]];
    return new Map(moments.map(([part, at], index) => [part, at - (moments[index - 1]?.[1] ?? begun)]));
  } finally {
    await client.destroy();
    await child.stop(10_000);
  }
}

/** What the service tells of its own start. */
function told(headers: Record<string, string | string[] | undefined>): Moments | undefined {
  if (headers['x-replica-started'] === undefined) return undefined;
  const at = (name: string): number => Number(headers[`x-replica-${name}`]);
  return [
    ['process', at('started')],
    ['runtime', at('loading')],
    ['load', at('ready')],
  ];
}

async function isReady(client: Client): Promise<boolean> {
  try {
    const { statusCode, body } = await client.request({ method: 'GET', path: '/_/health' });
    await body.dump();
    return statusCode === 200;
  } catch {
    // Nobody listens yet.
    return false;
  }
}
