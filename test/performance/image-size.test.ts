import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { bytesOf } from './image-size.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faceoff-image-size-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'lib'));
  await writeFile(join(folder, 'lib/library.so.2'), 'x'.repeat(1000));
  await writeFile(join(folder, 'lib/index.js'), 'x'.repeat(30));
});

test('all files below a folder are counted', async () => {
  expect(await bytesOf([folder])).toBe(1030);
});

test('a file to which links lead is counted once', async () => {
  await symlink('library.so.2', join(folder, 'lib/library.so'));
  await symlink('lib', join(folder, 'lib64'));
  expect(await bytesOf([folder])).toBe(1030);
});

test('a file outside that links lead to is counted once', async () => {
  await mkdir(join(folder, 'package'));
  for (const name of ['a.so', 'b.so']) await symlink('../lib/library.so.2', join(folder, 'package', name));
  expect(await bytesOf([join(folder, 'package')])).toBe(1000);
});

test('packages inside packages are left to those who name them', async () => {
  await mkdir(join(folder, 'node_modules'));
  await writeFile(join(folder, 'node_modules/other.js'), 'x');
  expect(await bytesOf([folder])).toBe(1030);
});
