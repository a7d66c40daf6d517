import { z } from 'zod';
import { NoAgent } from './no-agent.ts';

const answer = z.object({ tunnels: z.array(z.object({ public_url: z.string() })) });

interface Timing {
  signal: AbortSignal;
  /** How long an agent may take to get its URL, in milliseconds. */
  patienceMs: number;
  /** Milliseconds between two looks. */
  everyMs: number;
}

/**
 * Asks an ngrok agent for its public URL until it has one.
 * @param api Where the agent's API answers, without a path.
 * @throws NoAgent when there is none in time, with what the agent said last.
 */
export async function publicUrl(api: string, { signal, patienceMs, everyMs }: Timing): Promise<string> {
  const patience = AbortSignal.timeout(patienceMs);
  let last = 'it did not answer';
  while (!patience.aborted) {
    signal.throwIfAborted();
    try {
      const url = await ask(api, AbortSignal.any([signal, patience]));
      if (url !== undefined) return url;
      last = 'it has no public URL yet';
    } catch (error) {
      if (!patience.aborted) last = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new NoAgent(
    `The ngrok agent got no public URL within ${patienceMs / 1000} s: ${last}. Are ngrok:authtoken and the domain right? Its log says more.`,
  );
}

async function ask(api: string, signal: AbortSignal): Promise<string | undefined> {
  const response = await fetch(`${api}/api/tunnels`, { signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`its API answered ${response.status}`);
  const { data, error } = answer.safeParse(await response.json());
  if (error) throw new Error('its API answered something else than tunnels');
  return data.tunnels.map((tunnel) => tunnel.public_url).find((url) => url.startsWith('https://'));
}
