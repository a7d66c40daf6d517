import { Agent } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { lanes } from '../../app/bench/lanes.ts';
import { type KnownPhoto, knownPhotos } from '../performance/photos.ts';
import { goodPhoto } from './good-photo.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';

/** Three times as many pictures at once as one worker and the queue take, however fast or busy the machine is. */
const connections = 200;

/** How many requests got each status, when each connection sends the next at once after its answer. */
async function crowd({ url }: ServiceProcess, photos: readonly KnownPhoto[], seconds: number) {
  const agent = new Agent({ connections, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  onTestFinished(() => agent.destroy());
  const counts: Record<number, number> = {};
  await lanes(connections, { seconds }, async (turn) => {
    const { bytes } = photos[turn % photos.length] as KnownPhoto;
    const { statusCode, body } = await agent.request({ origin: url, path: '/', method: 'POST', body: bytes });
    await body.dump();
    counts[statusCode] = (counts[statusCode] ?? 0) + 1;
  });
  return counts;
}

test('under overload all that cannot be answered is refused, and nothing else goes wrong', {
  timeout: 120_000,
}, async () => {
  const service = await startServiceProcess();
  onTestFinished(() => service.stop());
  const good = await goodPhoto(service);
  // A request without an answer fails the test.
  const counts = await crowd(service, await knownPhotos(), 5);
  expect(Object.keys(counts)).toEqual(['200', '503']);
  expect(await good.ask()).toBeUndefined();
  expect(service.ended()).toBeUndefined();
});
