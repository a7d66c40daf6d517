import { decode } from '../classifier/decode.ts';
import type { InferencePool } from '../classifier/inference.ts';

/**
 * Decodes and classifies one picture over and over without HTTP: the service's own two calls, and nothing else.
 * @param lanes how many pictures are on the way at a time.
 * @returns pictures a second.
 */
export async function bareLoop(
  pool: InferencePool,
  picture: Buffer,
  { pictures, lanes, maxPixels }: { pictures: number; lanes: number; maxPixels: number },
): Promise<number> {
  let left = pictures;
  const lane = async () => {
    while (left-- > 0) {
      await pool.infer(await decode(picture, maxPixels));
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  return pictures / ((performance.now() - started) / 1000);
}
