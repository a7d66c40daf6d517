import { readPhotos } from '../../bench/index.ts';

/** Sends the photo `bird.jpg` to a target. */
export async function classify(url: string, { patienceMs = 20_000 } = {}): Promise<Response> {
  const photo = (await readPhotos()).find(({ name }) => name === 'bird.jpg');
  const body = new Uint8Array(photo?.bytes ?? []);
  return fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(patienceMs) });
}
