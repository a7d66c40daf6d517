import { expect, test } from 'vitest';
import { Ignore } from './ignore.ts';

const project = '# comment\n*\n!package.json\n!app\napp/bench\napp/dist/\n**/*.test.ts\n';

test.each([
  ['package.json', false],
  ['README.md', true],
  ['infra/config/read.ts', true],
  ['app', false],
  ['app/main.ts', false],
  ['app/model/load.ts', false],
  ['app/bench/bare-loop.ts', true],
  ['app/dist/main.js', true],
  ['app/model/load.test.ts', true],
  ['main.test.ts', true],
])('%s: %s', (path, ignored) => {
  expect(new Ignore(project).ignores(path)).toBe(ignored);
});

test.each([
  ['a star stays within a folder', '*/secret', 'a/b/secret', false],
  ['a star matches in one folder', '*/secret', 'a/secret', true],
  ['a question mark is one character', 'v?', 'v1', true],
  ['a question mark is no slash', 'a?b', 'a/b', false],
  ['a dot is a dot', 'a.b', 'axb', false],
  ['two stars match any depth', 'a/**/z', 'a/b/c/z', true],
  ['two stars match no depth', 'a/**/z', 'a/z', true],
  ['two stars at the end match below', 'a/**', 'a/b/c', true],
  ['a slash in front changes nothing', '/a', 'a', true],
  ['a whole name is meant', 'app', 'apple', false],
  ['later rules win', 'a\n!a/b\na/b/c', 'a/b/c', true],
])('%s', (_, source, path, ignored) => {
  expect(new Ignore(source).ignores(path)).toBe(ignored);
});

test('only a folder that no exception reaches into is left unseen', () => {
  const ignore = new Ignore('*\n!app/models');
  expect(ignore.prunes('node_modules')).toBe(true);
  expect(ignore.prunes('app')).toBe(false);
});

test('a pattern that is not understood is refused instead of taken for another', () => {
  expect(() => new Ignore('a[bc]')).toThrow('a[bc]');
});
