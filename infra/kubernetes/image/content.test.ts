import { chmod, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentTag } from './content.ts';

let context: string;
let before: string;
const write = async (path: string, content: string) => {
  await mkdir(dirname(join(context, path)), { recursive: true });
  await writeFile(join(context, path), content);
};
const tag = (options = {}) => contentTag(context, options);

beforeEach(async () => {
  context = await mkdtemp(join(tmpdir(), 'faceoff-content-'));
  await write('.dockerignore', '*\n!app\n**/*.test.ts\n');
  await write('app/Dockerfile', 'FROM scratch');
  await write('app/main.ts', 'main');
  await write('README.md', 'read me');
  before = await tag();
});
afterEach(() => rm(context, { recursive: true }));

test('it is a tag that Docker takes', () => {
  expect(before).toMatch(/^[0-9a-f]{16}$/);
});

test('what the image does not get changes nothing', async () => {
  await write('README.md', 'read me again');
  await write('app/main.test.ts', 'test');
  await write('node_modules/a/index.js', 'a');
  await utimes(join(context, 'app/main.ts'), 1, 1);
  expect(await tag()).toBe(before);
});

test.each<[string, () => Promise<unknown>]>([
  ['another content', () => write('app/main.ts', 'Main')],
  ['another file', () => write('app/other.ts', '')],
  ['a file less', () => rm(join(context, 'app/main.ts'))],
  ['another name', () => rename(join(context, 'app/main.ts'), join(context, 'app/index.ts'))],
  ['a file that may be run', () => chmod(join(context, 'app/main.ts'), 0o755)],
  ['a link', () => symlink('main.ts', join(context, 'app/link.ts'))],
  ['a file that is let in', () => write('.dockerignore', '*\n!app\n!README.md\n')],
])('%s is another tag', async (_, change) => {
  await change();
  expect(await tag()).not.toBe(before);
});

test('another platform is another tag', async () => {
  expect(await tag({ platform: 'linux/arm64' })).not.toBe(before);
  expect(await tag({ platform: undefined })).toBe(before);
});

test('a context without .dockerignore counts whole', async () => {
  await rm(join(context, '.dockerignore'));
  expect(await tag()).toMatch(/^[0-9a-f]{16}$/);
});
