import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One picture to send. */
export interface Photo {
  name: string;
  bytes: Buffer;
  contentType: string;
}

const types: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
};

/** The photos that come with the project (their ATTRIBUTION.md says from where). */
export const defaultPhotos = fileURLToPath(new URL('../photos', import.meta.url));

/**
 * Reads every picture of a folder, in the order of their names.
 *
 * @throws Error that names the folder when it is missing or holds no picture.
 */
export async function readPhotos(folder: string = defaultPhotos): Promise<Photo[]> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new Error(`photos: ${folder}: there is no such folder`);
  const names = (await readdir(folder)).filter((name) => contentType(name) !== undefined).sort();
  if (names.length === 0) {
    throw new Error(`photos: ${folder}: no picture in it (${Object.keys(types).join(', ')})`);
  }
  return Promise.all(
    names.map(async (name) => ({
      name,
      bytes: await readFile(join(folder, name)),
      contentType: contentType(name) ?? 'application/octet-stream',
    })),
  );
}

function contentType(name: string): string | undefined {
  return types[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
}
