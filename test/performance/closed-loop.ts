import { Agent, type Dispatcher } from 'undici';
import { type Block, lanes, type Until } from '../../app/bench/lanes.ts';
import { checkAnswer, type KnownPhoto } from './photos.ts';

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
  checkAnswer(url, photo, statusCode, await body.text());
}
