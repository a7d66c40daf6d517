import { Agent, type Dispatcher } from 'undici';
import { z } from 'zod';
import { type Block, lanes, type Until } from '../../app/bench/lanes.ts';
import type { KnownPhoto } from './photos.ts';

const answer = z.object({ top: z.array(z.object({ class: z.number() })).min(1) });

/**
 * Sends the photos in turn, over connections of which each sends the next when the answer to the last is
 * there.
 *
 * @throws when a single answer is not the right one: a rate of wrong answers would mean nothing.
 */
export async function closedLoop(
  url: string,
  photos: readonly KnownPhoto[],
  { connections, until }: { connections: number; until: Until },
): Promise<Block> {
  const agent = new Agent({ connections, pipelining: 1, headersTimeout: 120_000, bodyTimeout: 120_000 });
  try {
    return await lanes(connections, until, (turn) => classify(agent, url, photos[turn % photos.length]));
  } finally {
    await agent.destroy();
  }
}

async function classify(dispatcher: Dispatcher, url: string, photo: KnownPhoto | undefined): Promise<void> {
  if (photo === undefined) throw new Error('there is no photo');
  const { origin, pathname: path } = new URL(url);
  const headers = { 'content-type': 'image/jpeg' };
  const { statusCode, body } = await dispatcher.request({ origin, path, method: 'POST', headers, body: photo.bytes });
  const text = await body.text();
  const found = statusCode === 200 ? answer.parse(JSON.parse(text)).top[0]?.class : undefined;
  if (found !== photo.class) throw new Error(`${url} answers ${statusCode} for ${photo.name}: ${text.slice(0, 200)}`);
}
