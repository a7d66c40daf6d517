import { expect, onTestFinished, test } from 'vitest';
import { modelDir } from '../../app/test/classifier.ts';
import { knownPhotos } from '../performance/photos.ts';
import { goodPhoto } from './good-photo.ts';
import { countAnswers, overload } from './overload.ts';
import { startServiceProcess } from './service-process.ts';

/** Requests a second: about ten times what one worker answers. */
const rate = modelDir === undefined ? 200 : 1000;
const seconds = 5;

test('under overload all that cannot be answered is refused, and nothing else goes wrong', {
  timeout: 120_000,
}, async () => {
  const service = await startServiceProcess();
  onTestFinished(() => service.stop());
  const good = await goodPhoto(service);
  const { answers } = await overload(service, await knownPhotos(), { rate, seconds });
  const counts = countAnswers(answers);
  expect(Object.keys(counts).sort()).toEqual(['200', '503']);
  expect(answers).toHaveLength(rate * seconds);
  expect(await good.ask()).toBeUndefined();
  expect(service.ended()).toBeUndefined();
});
