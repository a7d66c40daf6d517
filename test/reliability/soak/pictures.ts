// Sends 20,000 pictures, most of them broken, to the service, and prints what it answered and held. Exit code 1 when it failed
// anywhere, or held too much. `--seed S --from N --count 1` sends one picture again.
import { knownPhotos } from '../../performance/photos.ts';
import { goodPhoto } from '../good-photo.ts';
import { HostilePictures } from '../pictures/hostile.ts';
import { sendPictures } from '../pictures/send.ts';
import { startServiceProcess } from '../service-process.ts';
import { printSoak, readRange, withMemory } from './report.ts';

const range = readRange(20_000, 4);
const pictures = await HostilePictures.make(range.seed, await knownPhotos());
const service = await startServiceProcess({ env: { THREADS: '2' } });
try {
  const good = await goodPhoto(service);
  const [findings, memory] = await withMemory(service, () => sendPictures(pictures, { ...range, service, good }));
  printSoak('pictures', range, findings, memory);
} finally {
  await service.stop();
}
