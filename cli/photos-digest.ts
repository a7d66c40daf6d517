import { createHash } from 'node:crypto';
import { readPhotos } from '../bench/index.ts';

/**
 * Tells the pictures of a folder, or those of the project, by their names and content, wherever they lie.
 *
 * @throws Error that names the folder when it is missing or holds no picture.
 */
export async function photosDigest(folder?: string): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, bytes } of await readPhotos(folder)) hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return `sha256:${hash.digest('hex')}`;
}
