import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPhotos } from './photos.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faceoff-photos-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the photos that come with the project are JPEGs', async () => {
  const photos = await readPhotos();
  expect(photos.length).toBeGreaterThan(1);
  expect(photos.every(({ bytes }) => bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xd8])))).toBe(true);
});

test('pictures are read in the order of their names, other files are not', async () => {
  await Promise.all(['b.PNG', 'a.jpg', 'notes.md'].map((name) => writeFile(join(folder, name), name)));
  const photos = await readPhotos(folder);
  expect(photos.map(({ name, contentType }) => [name, contentType])).toEqual([
    ['a.jpg', 'image/jpeg'],
    ['b.PNG', 'image/png'],
  ]);
});

test('a folder without pictures is refused by name', async () => {
  await expect(readPhotos(folder)).rejects.toThrow(`photos: ${folder}: no picture in it`);
});

test('a missing folder is refused by name', async () => {
  await expect(readPhotos(join(folder, 'none'))).rejects.toThrow('there is no such folder');
});
