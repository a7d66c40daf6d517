import { expect, onTestFinished, test } from 'vitest';
import { knownPhotos } from '../performance/photos.ts';
import { describeAnswers } from './findings.ts';
import { goodPhoto } from './good-photo.ts';
import { memoryLimit } from './memory-limit.ts';
import { HostilePictures } from './pictures/hostile.ts';
import { sendPictures } from './pictures/send.ts';
import { startServiceProcess } from './service-process.ts';

/** Another one each day, so that in time many pictures are tried; a failure names it and the number of the picture. */
const seed = Math.floor(Date.now() / 86_400_000);
/** All bombs, and some hundreds of others; `npm run soak:pictures` sends 20,000. */
const count = 800;

test('no picture makes the service fail, or hold much memory', { timeout: 240_000 }, async () => {
  const service = await startServiceProcess({ env: { THREADS: '2' } });
  onTestFinished(() => service.stop());
  const idle = service.resident();
  const pictures = await HostilePictures.make(seed, await knownPhotos());
  const sending = { from: 0, count, lanes: 4, service, good: await goodPhoto(service) };
  const findings = await sendPictures(pictures, sending);
  const replay = `npm run soak:pictures -- --seed ${seed} --from N --count 1, where N is the number of the picture`;
  expect(findings.faults, `${describeAnswers(findings)}. Again with: ${replay}`).toEqual([]);
  expect(service.peak() - idle, `${describeAnswers(findings)}. Seed ${seed}`).toBeLessThan(memoryLimit);
});
