import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { photoClasses } from '../../app/test/pictures.ts';
import { readPhotos } from '../../bench/load/index.ts';

/** A photo and what it shows. */
export interface KnownPhoto {
  name: string;
  bytes: Buffer;
  /** The class that is right, 0 to 999. */
  class: number;
}

/** The photos of PHOTOS_DIR, or those that come with the project. @throws when none of them has a known class. */
export async function knownPhotos(): Promise<KnownPhoto[]> {
  const classes = new Map<string, { class: number }>(Object.entries(photoClasses));
  const photos = (await readPhotos(process.env['PHOTOS_DIR'])).flatMap(({ name, bytes }) => {
    const known = classes.get(name);
    return known === undefined ? [] : [{ name, bytes, class: known.class }];
  });
  if (photos.length === 0) throw new Error('PHOTOS_DIR holds no photo of which the class is known');
  return photos;
}

const answer = z.object({ top: z.array(z.object({ class: z.number() })).min(1) });

/**
 * Checks an answer of a classifier.
 *
 * @param from whose answer it is, for the message.
 * @throws Error with the answer when it is not 200, or its first class is not the right one.
 */
export function checkAnswer(from: string, photo: KnownPhoto, status: number, text: string): void {
  const found = status === 200 ? answer.parse(JSON.parse(text)).top[0]?.class : undefined;
  if (found !== photo.class) throw new Error(`${from} answers ${status} for ${photo.name}: ${text.slice(0, 200)}`);
}

/** One photo as a file, for programs that classify one before they answer. */
export async function warmUpPhoto([photo]: readonly KnownPhoto[]): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-performance-'));
  const path = join(folder, 'photo.jpg');
  await writeFile(path, photo?.bytes ?? '');
  return { path, remove: () => rm(folder, { recursive: true }) };
}
